// The one style sheet of the waiting page, inside the page and named by its hash in the policy. The tokens are those of
// the design system; the fragment of a day uses plain elements, so they are what is styled.
import { createHash } from 'node:crypto'

const tokens = `:root{color-scheme:light dark;--paper:oklch(98.2% .006 85);--surface:#fff;--ink:oklch(26% .03 255);--muted:oklch(48% .025 255);--line:oklch(91% .008 85);--slate:oklch(38% .065 250);--soft:oklch(95% .015 250);--sun:oklch(82% .155 82);--sunsoft:oklch(96.5% .045 88);--shadow:0 1px 2px oklch(30% .03 255/.06),0 8px 24px -12px oklch(30% .03 255/.18)}
@media(prefers-color-scheme:dark){:root{--paper:oklch(20% .012 200);--surface:oklch(24.5% .014 200);--ink:oklch(94% .008 95);--muted:oklch(76% .015 200);--line:oklch(33% .016 200);--slate:oklch(80% .07 235);--soft:oklch(31% .03 235);--sun:oklch(84% .15 84);--sunsoft:oklch(33% .05 84);--shadow:none}}`

const page = `*{box-sizing:border-box;margin:0}html{background:var(--paper);color:var(--ink);font:1rem/1.45 "Atkinson Hyperlegible Next","Atkinson Hyperlegible",system-ui,sans-serif;-webkit-text-size-adjust:100%}
body{max-width:40rem;margin:0 auto;padding:20px 16px 48px}a{color:var(--slate)}:focus-visible{outline:3px solid var(--sun);outline-offset:3px;border-radius:6px}
header{display:flex;align-items:center;gap:10px;font-weight:650;padding:4px 0 20px}header svg{width:26px;height:20px;color:var(--slate)}
.wait{position:relative;overflow:hidden;background:var(--surface);border:1px solid var(--line);border-radius:22px;box-shadow:var(--shadow);padding:26px 24px 24px}
.wait::before{content:"";position:absolute;inset:0 0 auto;height:6px;background:linear-gradient(90deg,var(--sun) 62%,var(--sunsoft) 62%)}
h1{font-size:1.75rem;line-height:1.15;letter-spacing:-.015em;text-wrap:balance}.wait p{margin-top:10px;max-width:34rem}.safe{color:var(--muted);font-size:.9375rem}
.again{display:inline-flex;align-items:center;min-height:48px;margin-top:18px;padding:0 24px;border-radius:99px;background:var(--slate);color:var(--paper);font-weight:650;text-decoration:none}
.plain .wait{padding:0;border:0;border-radius:0;background:none;box-shadow:none;overflow:visible}.plain .wait::before{display:none}.plain .again{min-height:40px;background:none;color:var(--slate);border:1.5px solid var(--line);padding:0 16px}
.day{margin-top:36px}.day>h2{font-size:1.0625rem;font-weight:650}.day>h2 span{color:var(--muted);font-weight:400}`

const fragment = `.sheet{margin-top:12px;background:var(--surface);border:1px solid var(--line);border-radius:14px;padding:16px 18px;overflow-wrap:anywhere}
.sheet h2,.sheet h3{font-size:1rem;font-weight:650;margin:14px 0 4px}.sheet>:first-child{margin-top:0}
.sheet ol,.sheet ul{list-style:none;padding:0}.sheet li{padding:10px 0;border-top:1px solid var(--line)}.sheet li:first-child{border-top:0}
.sheet time{font-weight:600;font-variant-numeric:tabular-nums;margin-right:.6em;white-space:nowrap}.sheet small,.sheet li p{color:var(--muted);font-size:.9375rem}.sheet s{opacity:.7}
.sheet li ul,.sheet li ol{list-style:disc;padding-left:1.2em}.sheet li li{border:0;padding:2px 0}.sheet img{max-width:100%;height:auto}
@media print{.wait{display:none}.sheet{border:0;padding:0}}@media(forced-colors:active){.again{border:1px solid}}`

/** The whole style sheet. */
export const style = `${tokens}\n${page}\n${fragment}`

/** Its SHA-256 in base64, by which the content security policy allows it and nothing else. */
export const styleSha256 = createHash('sha256').update(style).digest('base64')
