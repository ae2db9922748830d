// A day as an HTML fragment for the page that the door shows while one waits: no script, French, everything escaped.
import type { LocalDate } from '#platform/calendar'
import { readableText } from '#platform/math-text'
import type { DaySheet, SheetLesson, SheetWork } from '../contract.ts'

const mostWords = 300

const escapes: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}
/** Text for HTML, in content and in quoted attributes. */
export function escapeHtml(text: string): string {
  return text.replaceAll(/[&<>"']/g, (c) => escapes[c] ?? c)
}

const longDay = new Intl.DateTimeFormat('fr-FR', {
  weekday: 'long',
  day: 'numeric',
  month: 'long',
  timeZone: 'UTC',
})
const dayNames = new Map<LocalDate, string>()

function dayName(date: LocalDate): string {
  let name = dayNames.get(date)
  if (!name) {
    name = longDay.format(Date.parse(`${date}T12:00:00Z`))
    if (dayNames.size > 500) dayNames.clear()
    dayNames.set(date, name)
  }
  return name
}

function statusOf(lesson: SheetLesson): string {
  if (lesson.status === 'cancelled')
    return ` <strong>${lesson.absent ? (lesson.cover === 'home' ? 'prof. absent, à la maison' : 'prof. absent') : 'annulé'}</strong>`
  if (lesson.cover) return ` <strong>${lesson.cover === 'study' ? 'permanence' : 'remplacement'}</strong>`
  if (lesson.status === 'moved-away' && lesson.movedTo)
    return ` <strong>déplacé au ${escapeHtml(dayName(lesson.movedTo.date))}, ${lesson.movedTo.start}</strong>`
  return lesson.status === 'moved' ? ' <strong>déplacé</strong>' : ''
}

function lessonItem(lesson: SheetLesson): string {
  const details = [
    lesson.class?.title ?? lesson.group?.title,
    lesson.remote ? 'à distance' : lesson.room,
    lesson.teacher,
  ].flatMap((d) => (d ? [escapeHtml(d)] : []))
  const off = lesson.status === 'cancelled' || lesson.status === 'moved-away'
  const subject = escapeHtml(lesson.subject)
  const diary = lesson.diary ? readableText(lesson.diary.body) : ''
  const words = diary.length > mostWords ? `${diary.slice(0, mostWords)}…` : diary
  return [
    `<li><time>${lesson.start} <small>${lesson.end}</small></time> <b>${off ? `<s>${subject}</s>` : subject}</b>`,
    details.length > 0 ? ` <span>${details.join(' · ')}</span>` : '',
    statusOf(lesson),
    lesson.note ? `<p>${escapeHtml(lesson.note)}</p>` : '',
    words ? `<p>${escapeHtml(words)}</p>` : '',
    '</li>',
  ].join('')
}

function workItem(work: SheetWork, dueOn: LocalDate): string {
  const whom = work.class?.title ?? work.group?.title
  return `<li><b>${escapeHtml(work.title)}</b> <span>${escapeHtml(work.subject)} · pour ${dayName(dueOn)}${
    whom ? ` · ${escapeHtml(whom)}` : ''
  }</span></li>`
}

function remoteNote({ from, to, word }: NonNullable<DaySheet['remote']>): string {
  const days = from === to ? `le ${dayName(from)}` : `du ${dayName(from)} au ${dayName(to)}`
  return `<p><strong>Cours à distance</strong> ${days}.</p>${word ? `<p>${escapeHtml(word)}</p>` : ''}`
}

/**
 * The day for a page without script. Empty when there is nothing to show, and on a day without lessons that names a
 * next one, so that the next one's is shown. `dueOn` gives the school's day of an instant.
 */
export function dayFragment(sheet: DaySheet, dueOn: (instant: string) => LocalDate): string {
  const shown =
    sheet.kind === 'school'
      ? sheet.lessons.filter(({ status, cover }) => status !== 'on' || cover)
      : sheet.lessons
  if (sheet.next || (sheet.lessons.length === 0 && sheet.work.length === 0)) return ''
  const lessons = shown.length > 0 ? `<ol>${shown.map(lessonItem).join('')}</ol>` : ''
  const work = sheet.work.map((item) => workItem(item, dueOn(item.dueAt)))
  return [
    // The page says which day it is; here stands whose.
    `<section lang="fr"><h2>${escapeHtml(sheet.title)}${sheet.kind === 'school' ? ` · ${sheet.lessons.length} cours` : ''}</h2>`,
    sheet.remote ? remoteNote(sheet.remote) : '',
    lessons,
    work.length > 0 ? `<h3>Travail à faire</h3><ul>${work.join('')}</ul>` : '',
    '</section>',
  ].join('')
}
