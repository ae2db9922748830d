// A receipt in words, and the name of its file.

import { wallClock } from '#platform/calendar'
import { folded } from '#platform/text'
import type { ReceiptPayload } from './contract.ts'

const zone = 'Europe/Paris'

function inWords(instant: string): string {
  const { date, seconds } = wallClock(Date.parse(instant), zone)
  return `${date.split('-').reverse().join('/')} à ${seconds} (heure de Paris)`
}

/** The receipt as a person reads it, line by line, in French. */
export function readableReceipt(p: ReceiptPayload): string[] {
  const { title, school } = p.homework
  return [
    'Accusé de remise',
    `${p.by.name} a remis « ${title} » (${p.homework.class}, ${school}).`,
    `Remis le ${inWords(p.submittedAt)}, pour le ${inWords(p.homework.dueAt)}${p.late ? ' : en retard' : ''}.`,
    ...(p.text ? [`Texte : ${p.text.bytes} octets, SHA-256 ${p.text.sha256}`] : []),
    ...p.files.map((f) => `Fichier : ${f.name}, ${f.bytes} octets, SHA-256 ${f.sha256}`),
    `Remise n° ${p.submission}`,
    'Ces lignes ne sont pas signées ; « payload » l’est. Pour vérifier : preau verify-receipt.',
  ]
}

/** The name under which a receipt is saved: "recu-2026-11-24-lire-le-chapitre-2.json". */
export function receiptFileName(p: ReceiptPayload): string {
  const slug = folded(p.homework.title.normalize('NFKD'))
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '')
    .slice(0, 60)
  const { date } = wallClock(Date.parse(p.submittedAt), zone)
  return `recu-${date}${slug ? `-${slug}` : ''}.json`
}
