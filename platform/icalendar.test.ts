// Calendars as other systems write them: rules, exceptions, zones, daylight saving, junk and bombs.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { decodeCalendar, readCalendar } from './icalendar.ts'
import { inZone, isAt, occurrencesOf } from './occurrences.ts'

const year = { from: '2026-09-01', to: '2027-07-03' }
const paris = 'Europe/Paris'
const tz = 'TZID=Europe/Paris'

const calendar = (...events: string[][]) =>
  [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    ...events.flatMap((e) => ['BEGIN:VEVENT', ...e, 'END:VEVENT']),
    'END:VCALENDAR',
    '',
  ].join('\r\n')

function days(...lines: string[]) {
  const { events, faults } = readCalendar(calendar(['UID:a', ...lines]))
  expect(faults).toEqual([])
  const { at, fault } = occurrencesOf(events[0]!, year, paris)
  return fault ?? at.map((o) => `${o.date} ${o.start}-${o.end}`)
}

const at8 = [`DTSTART;${tz}:20261102T080000`, `DTEND;${tz}:20261102T085500`]
const monday = (date: string) => `${date} 08:00-08:55`

test.each([
  ['once', [], ['2026-11-02']],
  [
    'weekly, four times',
    ['RRULE:FREQ=WEEKLY;COUNT=4'],
    ['2026-11-02', '2026-11-09', '2026-11-16', '2026-11-23'],
  ],
  ['every other week', ['RRULE:FREQ=WEEKLY;INTERVAL=2;COUNT=3'], ['2026-11-02', '2026-11-16', '2026-11-30']],
  [
    'until a UTC instant that is the last start',
    ['RRULE:FREQ=WEEKLY;UNTIL=20261116T070000Z'],
    ['2026-11-02', '2026-11-09', '2026-11-16'],
  ],
  ['until a mere day', ['RRULE:FREQ=WEEKLY;UNTIL=20261109'], ['2026-11-02', '2026-11-09']],
  ['until a local time', ['RRULE:FREQ=WEEKLY;UNTIL=20261109T080000'], ['2026-11-02', '2026-11-09']],
  [
    'without the holidays',
    ['RRULE:FREQ=WEEKLY;COUNT=3', `EXDATE;${tz}:20261109T080000`],
    ['2026-11-02', '2026-11-16'],
  ],
  ['an exception in UTC', ['RRULE:FREQ=WEEKLY;COUNT=2', 'EXDATE:20261109T070000Z'], ['2026-11-02']],
  ['an exception for a day', ['RRULE:FREQ=WEEKLY;COUNT=2', 'EXDATE;VALUE=DATE:20261109'], ['2026-11-02']],
  ['an exception at another hour is none', ['EXDATE:20261102T080000Z'], ['2026-11-02']],
  [
    'listed days',
    [`RDATE;${tz}:20261105T080000,20261110T080000`],
    ['2026-11-02', '2026-11-05', '2026-11-10'],
  ],
  [
    'several days a week',
    ['RRULE:FREQ=WEEKLY;BYDAY=MO,TH;COUNT=3'],
    ['2026-11-02', '2026-11-05', '2026-11-09'],
  ],
  [
    'daily on working days',
    ['RRULE:FREQ=DAILY;BYDAY=MO,TU,WE,TH,FR;UNTIL=20261109T235959Z'],
    ['2026-11-02', '2026-11-03', '2026-11-04', '2026-11-05', '2026-11-06', '2026-11-09'],
  ],
])('%s', (_name, lines, expected) => {
  expect(days(...at8, ...lines)).toEqual(expected.map(monday))
})

test('eight stays eight through both changes of the clock', () => {
  const all = days(`DTSTART;${tz}:20261019T080000`, `DTEND;${tz}:20261019T085500`, 'RRULE:FREQ=WEEKLY')
  expect(all.slice(0, 2)).toEqual([monday('2026-10-19'), monday('2026-10-26')])
  expect(all).toContain(monday('2027-03-22'))
  expect(all).toContain(monday('2027-03-29'))
  expect(all.at(-1)).toBe(monday('2027-06-28'))
})

test('a rule in UTC moves by an hour when the clock changes, as it says', () => {
  const all = days('DTSTART:20261019T060000Z', 'DTEND:20261019T065500Z', 'RRULE:FREQ=WEEKLY;COUNT=2')
  expect(all).toEqual(['2026-10-19 08:00-08:55', '2026-10-26 07:00-07:55'])
})

test('floating times are the school’s; other zones and names of zones are understood', () => {
  expect(days('DTSTART:20261102T080000', 'DURATION:PT55M')).toEqual([monday('2026-11-02')])
  const elsewhere = (zone: string, hour: string) =>
    days(`DTSTART;TZID=${zone}:20261102T${hour}0000`, 'DURATION:PT55M')
  expect(elsewhere('Romance Standard Time', '08')).toEqual([monday('2026-11-02')])
  expect(elsewhere('/freeassociation.sourceforge.net/Europe/Paris', '08')).toEqual([monday('2026-11-02')])
  expect(elsewhere('America/Guadeloupe', '03')).toEqual([monday('2026-11-02')])
})

test('only the school year is kept', () => {
  const all = days(`DTSTART;${tz}:20260824T080000`, 'DURATION:PT55M', 'RRULE:FREQ=WEEKLY')
  expect(all[0]).toBe(monday('2026-09-07'))
  expect(all.length).toBe(43)
})

test.each([
  [['DTSTART:20261102T080000', 'DTEND:20261102T080000'], 'ends-before-start'],
  [['DTSTART:20261102T230000', 'DURATION:PT2H'], 'crosses-midnight'],
  [['DTSTART:19000101T080000', 'DURATION:PT1H', 'RRULE:FREQ=DAILY'], 'rule-too-long'],
])('%s is refused: %s', (lines, fault) => {
  expect(days(...lines)).toBe(fault)
})

test.each([
  [['DTSTART;VALUE=DATE:20261102'], 'all-day'],
  [['DTSTART:20261102T080000'], 'end-missing'],
  [['SUMMARY:x'], 'start-missing'],
  [['DTSTART:20260231T080000', 'DURATION:PT1H'], 'unreadable'],
  [['DTSTART:yesterday', 'DURATION:PT1H'], 'unreadable'],
  [['DTSTART:00010101T080000', 'DURATION:PT1H', 'RRULE:FREQ=DAILY'], 'unreadable'],
  [[...at8, 'RDATE:99991231T235959Z'], 'unreadable'],
  [['DTSTART:20261102T080000', 'DURATION:P99999999999W'], 'crosses-midnight'],
  [['DTSTART;TZID=Mars/Olympus:20261102T080000', 'DURATION:PT1H'], 'zone-unknown'],
  ...[
    ...[
      'FREQ=SECONDLY',
      'FREQ=MINUTELY',
      'FREQ=HOURLY',
      'FREQ=MONTHLY',
      'FREQ=YEARLY;BYMONTHDAY=30;BYMONTH=2',
      'FREQ=DAILY;INTERVAL=100000000',
      'FREQ=WEEKLY;INTERVAL=0',
      'FREQ=DAILY;COUNT=-1',
    ],
    ...['FREQ=DAILY;BYHOUR=1,2,3', 'FREQ=DAILY;BYMONTHDAY=31;BYMONTH=2', 'FREQ=WEEKLY;BYDAY=2MO'],
  ].map((rule): [string[], string] => [
    ['DTSTART:20261102T080000', 'DURATION:PT1H', `RRULE:${rule}`],
    'rule-refused',
  ]),
])('%s costs this event alone: %s', (lines, code) => {
  const { events, faults } = readCalendar(calendar(['UID:bad', ...lines], ['UID:good', ...at8]))
  expect(faults).toMatchObject([{ line: 3, uid: 'bad', code }])
  expect(events.map((e) => e.uid)).toEqual(['good'])
})

test('an override says which occurrence it replaces, in its own zone', () => {
  const { events } = readCalendar(
    calendar(['UID:a', ...at8], ['UID:a', 'RECURRENCE-ID:20261109T070000Z', ...at8]),
  )
  const replaced = inZone(events[1]!.replaces!, paris)
  expect(isAt({ date: '2026-11-09', start: '08:00', end: '08:55' }, replaced)).toBe(true)
})

test('what is no calendar, or was cut off, is refused as a whole', () => {
  expect(() => readCalendar('<html>')).toThrow(/not an iCalendar/)
  const whole = calendar(['UID:a', ...at8])
  expect(() => readCalendar(whole.slice(0, -30))).toThrow(/cut off/)
})

test('old exports in Windows-1252 and marks at the beginning are read', () => {
  expect(decodeCalendar(Buffer.from('SUMMARY:Français', 'latin1'))).toBe('SUMMARY:Français')
  expect(decodeCalendar(Buffer.from('\ufeffSUMMARY:Français'))).toBe('SUMMARY:Français')
})

test('folded lines, escapes and lists are read', () => {
  const { events } = readCalendar(
    calendar(['UID:a', 'SUMMARY:Histoire\\, géo', ' graphie', 'CATEGORIES:3e B,Histoire', ...at8]),
  )
  expect(events[0]!.texts('summary')).toEqual(['Histoire, géographie'])
  expect(events[0]!.texts('categories')).toEqual(['3e B', 'Histoire'])
})

test('no junk breaks the reader', () => {
  const line = fc.constantFrom(
    ...[
      'BEGIN:VEVENT',
      'END:VEVENT',
      'BEGIN:VALARM',
      'END:VALARM',
      'UID:a',
      ':',
      ';',
      'RRULE:',
      'RRULE:FREQ=WEEKLY;COUNT=-1',
    ],
    ...[
      ...at8,
      ' x',
      'DTSTART;TZID="',
      'EXDATE:x',
      'RDATE;VALUE=PERIOD:20261102T080000Z/PT1H',
      'RRULE:FREQ=WEEKLY;INTERVAL=0',
    ],
    ...['DURATION:-PT1H', '\u0000', 'RRULE:FREQ=WEEKLY;UNTIL=99999999T999999Z', 'DTSTART:20261102T990000'],
  )
  fc.assert(
    fc.property(fc.array(line, { maxLength: 30 }), (lines) => {
      const text = ['BEGIN:VCALENDAR', 'BEGIN:VEVENT', ...lines, 'END:VEVENT', 'END:VCALENDAR'].join('\n')
      for (const event of readCalendar(text).events) occurrencesOf(event, year, paris)
    }),
    { numRuns: 300 },
  )
})

test('a rule that ends on the last day of time has no end', () => {
  const until = 'RRULE:FREQ=WEEKLY;UNTIL=99991231T235959Z'
  expect(days('DTSTART;TZID=Europe/Paris:20260907T080000', 'DURATION:PT55M', until)).toHaveLength(43)
})

test('a rule that ends on a day that no calendar has is a fault of its event', () => {
  const lines = ['BEGIN:VEVENT', 'UID:a', ...at8, 'RRULE:FREQ=WEEKLY;UNTIL=99999999T999999Z', 'END:VEVENT']
  const { events, faults } = readCalendar(['BEGIN:VCALENDAR', ...lines, 'END:VCALENDAR'].join('\n'))
  expect([events.length, faults.map((fault) => fault.code)]).toEqual([0, ['rule-refused']])
})
