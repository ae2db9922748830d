// A school's settings, each with what holds where nobody has chosen: pure, so that the browser knows the same defaults.
// Another feature that has settings of its own declares a section here in the same way and reads it by `settingsOf`.

export const sections = {
  general: {
    /** People may make secret addresses with which a calendar program reads their timetable. */
    calendarFeeds: true,
    /** While a class is at a distance, work without hand-in can be handed in too. */
    remoteHandIn: true,
    /** Teachers see guardians' e-mail addresses beside those of their pupils who have not connected. */
    teachersSeeContacts: false,
  },
} as const

export type Section = keyof typeof sections
type Wide<T> = T extends boolean ? boolean : T extends number ? number : T extends string ? string : T
export type Settings<S extends Section = 'general'> = {
  -readonly [Name in keyof (typeof sections)[S]]: Wide<(typeof sections)[S][Name]>
}

/** A section's settings: what was kept where it has the default's type, else the default. */
export function settingsFrom<S extends Section>(section: S, kept: unknown): Settings<S> {
  const stored = (typeof kept === 'object' && kept !== null ? kept : {}) as Record<string, unknown>
  const found = Object.entries(sections[section]).map(([name, usual]) => {
    const value = Object.hasOwn(stored, name) ? stored[name] : usual
    return [name, typeof value === typeof usual ? value : usual]
  })
  return Object.fromEntries(found) as Settings<S>
}

/** What is worth keeping of a section: only what differs from the defaults, so that a better default reaches everybody. */
export function worthKeeping<S extends Section>(section: S, settings: Settings<S>): Record<string, unknown> {
  const usual = sections[section] as Record<string, unknown>
  return Object.fromEntries(Object.entries(settings).filter(([name, value]) => usual[name] !== value))
}
