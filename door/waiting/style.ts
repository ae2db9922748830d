// The one style sheet of the waiting page, inside the page and named by its hash in the policy. The tokens are those of
// the design system; the fragment of a day uses plain elements, so they are what is styled.
import { createHash } from 'node:crypto'

// In hexadecimal, since tablets of 2016 do not know oklch.
const light =
  '--paper:#fbf9f5;--surface:#fff;--ink:#1a2532;--muted:#545f6c;--line:#e2dfd9;--slate:#264564;--on:#fcfaf6;--soft:#e4eef9;--sun:#f6b933;--sunsoft:#feedc5;--shadow:0 1px 2px rgba(26,37,50,.06),0 8px 24px -12px rgba(26,37,50,.18)'
const dark =
  '--paper:#0f1618;--surface:#182123;--ink:#edebe5;--muted:#a4b1b3;--line:#2d383a;--slate:#98cceb;--on:#081822;--soft:#1f333f;--sun:#f8c143;--sunsoft:#453513;--shadow:none'
const tokens = `:root{color-scheme:light dark;${light}}@media(prefers-color-scheme:dark){:root{${dark}}}`

const face =
  '"Atkinson Hyperlegible Next","Atkinson Hyperlegible",system-ui,-apple-system,"Segoe UI",Roboto,sans-serif'

const page = `*{box-sizing:border-box;margin:0}
html{background:var(--paper);color:var(--ink);font:16px/1.45 ${face};-webkit-text-size-adjust:100%}
body{max-width:640px;margin:0 auto;padding:20px 16px 64px}
a{color:var(--slate);text-underline-offset:.15em}
:focus-visible{outline:3px solid var(--sun);outline-offset:3px;border-radius:6px}
header{display:flex;align-items:center;padding:2px 4px 22px;font-weight:650}
header svg{width:26px;height:20px;margin-right:10px;color:var(--slate)}
.wait{position:relative;overflow:hidden;padding:32px 24px 26px;background:var(--surface);border-radius:22px;box-shadow:var(--shadow),inset 0 0 0 1px var(--line)}
.wait::before{content:"";position:absolute;top:0;left:0;right:0;height:6px;background:linear-gradient(90deg,var(--sun) 62%,var(--sunsoft) 62%)}
h1{font-size:1.75rem;line-height:1.15;letter-spacing:-.015em;text-wrap:balance}
.wait p{margin-top:12px;max-width:32em}
.wait .safe{display:inline-block;margin-top:16px;padding:3px 12px;border-radius:14px;background:var(--soft);color:var(--slate);font-size:.9375rem;font-weight:600}
.again{display:flex;align-items:center;justify-content:center;min-height:48px;margin-top:22px;padding:0 24px;border-radius:99px;background:var(--slate);color:var(--on);font-weight:650;text-decoration:none}
@media(min-width:480px){.again{display:inline-flex}.wait .safe{display:table}}
.plain .wait{padding:0 4px;background:none;box-shadow:none;overflow:visible;border-radius:0}.plain .wait::before{display:none}
.plain .again{display:inline-flex;min-height:40px;margin-top:14px;padding:0 16px;background:none;color:var(--slate);box-shadow:inset 0 0 0 1.5px var(--line)}
.day{margin-top:36px}.day>h2{padding:0 4px;font-size:1.0625rem;font-weight:650}.day>h2 span{display:block;color:var(--muted);font-weight:400}.day>h2 span::first-letter{text-transform:uppercase}p.day{padding:0 4px;color:var(--muted)}`

// A lesson stands beside its time; work has a mark before it.
const fragment = `.sheet{margin-top:12px;padding:18px 20px 10px;background:var(--surface);border-radius:14px;box-shadow:inset 0 0 0 1px var(--line);overflow-wrap:anywhere}
.sheet h2{font-size:1rem;font-weight:650;margin-bottom:4px}.sheet h3{margin:20px 0 2px;font-size:1rem;font-weight:650}
.sheet ol,.sheet ul{padding:0;list-style:none}
.sheet li{position:relative;padding:12px 0;border-top:1px solid var(--line)}.sheet li:first-child{border-top:0}
.sheet ol>li{padding-left:82px;min-height:68px}.sheet ol>li::before{content:"";position:absolute;left:63px;top:15px;bottom:15px;width:4px;border-radius:2px;background:var(--slate);opacity:.85}
.sheet time{position:absolute;left:0;top:12px;width:52px;font-weight:600;font-variant-numeric:tabular-nums}
.sheet ul>li{padding-left:32px}.sheet ul>li::before{content:"";position:absolute;left:0;top:15px;width:18px;height:18px;border-radius:6px;box-shadow:inset 0 0 0 2px var(--slate)}
.sheet time small{display:block;font-size:.8125rem;font-weight:400;color:var(--muted)}.sheet p{margin-top:4px;font-size:.9375rem}
.sheet b{font-weight:650}.sheet span{display:block;color:var(--muted);font-size:.9375rem}.sheet s{color:var(--muted)}
.sheet strong{padding:2px 10px;border-radius:99px;background:var(--sunsoft);font-size:.8125rem;font-weight:650}
@media print{header,.wait{display:none}.sheet{padding:0;box-shadow:none}}
@media(forced-colors:active){.wait,.sheet,.again{border:1px solid}}`

/** The whole style sheet. */
export const style = `${tokens}\n${page}\n${fragment}`

/** Its SHA-256 in base64, by which the content security policy allows it and nothing else. */
export const styleSha256 = createHash('sha256').update(style).digest('base64')
