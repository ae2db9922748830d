// A receipt in words.
import { expect, test } from 'vitest'
import type { ReceiptPayload } from './contract.ts'
import { readableReceipt, receiptFileName } from './rules.ts'

const receipt: ReceiptPayload = {
  receipt: 1,
  submission: '0199f0a0-0000-7000-8000-000000000001',
  homework: {
    id: '0199f0a0-0000-7000-8000-000000000002',
    title: 'Lire « L’Étranger », ch. 2',
    class: '3e B',
    school: 'Collège Rosa-Parks',
    dueAt: '2026-11-25T07:00:00.000Z',
  },
  by: { account: '0199f0a0-0000-7000-8000-000000000003', name: 'Léa Diop' },
  submittedAt: '2026-11-24T23:30:05.120Z',
  late: false,
  text: null,
  files: [{ name: 'exposé.pdf', bytes: 12, sha256: 'a'.repeat(64) }],
}

test('says who, what and when, in the time of Paris', () => {
  const lines = readableReceipt(receipt)
  expect(lines[1]).toBe('Léa Diop a remis « Lire « L’Étranger », ch. 2 » (3e B, Collège Rosa-Parks).')
  expect(lines[2]).toBe(
    'Remis le 25/11/2026 à 00:30:05 (heure de Paris), pour le 25/11/2026 à 08:00:00 (heure de Paris).',
  )
  expect(lines.some((line) => line.startsWith('Texte'))).toBe(false)
  expect(readableReceipt({ ...receipt, late: true })[2]).toContain('en retard')
})

test.each([
  ['Lire « L’Étranger », ch. 2', 'recu-2026-11-25-lire-l-etranger-ch-2.json'],
  ['数学', 'recu-2026-11-25.json'],
  ['../../x\r\n"', 'recu-2026-11-25-x.json'],
  ['a'.repeat(200), `recu-2026-11-25-${'a'.repeat(60)}.json`],
])('the receipt for %j is saved as %s', (title, name) => {
  expect(receiptFileName({ ...receipt, homework: { ...receipt.homework, title } })).toBe(name)
})
