// The columns of the gradebook files, and what stands in them.
import { expect, test } from 'vitest'
import { usualScales } from '../scales/scale-rules.ts'
import { type Item, type ItemResult, onerosterFiles } from './oneroster-rules.ts'

const item = (over: Partial<Item> = {}): Item => ({
  id: 'h1',
  title: '=1+1, "Exposé"',
  setOn: '2026-11-02',
  dueOn: '2026-11-20',
  class: 'c1',
  school: 's1',
  session: 't1',
  scale: usualScales[0] ?? null,
  ...over,
})
const result = (over: Partial<ItemResult> = {}): ItemResult => ({
  item: 'h1',
  pupil: 'p1',
  mark: '15,5',
  on: '2026-11-21',
  handedIn: true,
  late: false,
  missing: false,
  ...over,
})
const lines = (text: string | undefined) => (text ?? '').trimEnd().split('\r\n')

test('line items have the binding’s columns and compute nothing in a spreadsheet', () => {
  expect(lines(onerosterFiles([item()], [])['lineItems.csv'])).toEqual([
    'sourcedId,status,dateLastModified,title,description,assignDate,dueDate,classSourcedId,categorySourcedId,academicSessionSourcedId,resultValueMin,resultValueMax,schoolSourcedId',
    'h1,,,"\'=1+1, ""Exposé""",,2026-11-02,2026-11-20,c1,preau-homework,t1,0,20,s1',
  ])
})

test.each<[Partial<ItemResult>, string]>([
  [{}, 'fully graded,15.5,2026-11-21,,,c1,false,false,false,false'],
  [{ mark: null, on: null }, 'submitted,,2026-11-20,,,c1,false,false,false,false'],
  [{ mark: 'disp' }, 'exempt,,2026-11-21,,disp,c1,false,false,false,false'],
  [{ mark: 'abs' }, 'not submitted,,2026-11-21,,abs,c1,false,false,false,false'],
  [{ mark: 'non rendu' }, 'not submitted,,2026-11-21,,non rendu,c1,false,false,false,true'],
  [
    { mark: null, on: null, handedIn: false, missing: true },
    'not submitted,,2026-11-20,,,c1,false,false,false,true',
  ],
  [{ mark: 'très bien', late: true }, 'fully graded,,2026-11-21,,très bien,c1,false,false,true,false'],
])('a result %j', (over, row) => {
  const [head, only] = lines(onerosterFiles([item()], [result(over)])['results.csv'])
  expect(head).toBe(
    'sourcedId,status,dateLastModified,lineItemSourcedId,studentSourcedId,scoreStatus,score,scoreDate,comment,textScore,classSourcedId,inProgress,incomplete,late,missing',
  )
  expect(only).toBe(`h1.p1,,,h1,p1,${row}`)
})

test('levels are a scale of their class, once, and the manifest names what there is', () => {
  const letters = usualScales[2] ?? null
  const files = onerosterFiles([item({ scale: letters }), item({ id: 'h2', scale: letters })], [])
  expect(lines(files['scoreScales.csv'])).toEqual([
    'sourcedId,status,dateLastModified,title,type,orgSourcedId,courseSourcedId,classSourcedId,scoreScaleValue',
    'preau-scale-1-c1,,,A–E,levels,s1,,c1,"{0:E},{25:D},{50:C},{75:B},{100:A}"',
  ])
  expect(lines(files['lineItemScoreScales.csv'])).toHaveLength(3)
  const manifest = lines(files['manifest.csv'])
  expect(manifest).toContain('file.scoreScales,bulk')
  expect(manifest).toContain('file.users,absent')
  const without = onerosterFiles([item()], [])
  expect(lines(without['manifest.csv'])).toContain('file.scoreScales,absent')
  expect(without['scoreScales.csv']).toBeUndefined()
})
