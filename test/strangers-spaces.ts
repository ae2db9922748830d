// The addresses of documents in spaces, for strangers.test.ts.
import type { FileId } from '#platform/ids'
import type { TestWorkspace } from './app.ts'
import { someNodes } from './spaces.ts'
import type { Try } from './strangers-absences.ts'
import type { TestSchool } from './world.ts'

/** `fileId`: a file of the teacher's own. */
export async function spaceTries(w: TestWorkspace, s: TestSchool, fileId: FileId): Promise<Try[]> {
  const { own, folder, file, gone, toTrash, version, shareId } = await someNodes(w, s)
  const { mme_diallo: rightful, mme_roy: head, school } = s
  const one = (route: string, body?: unknown, url = route.split(' ')[1] ?? ''): Try => {
    const found = url.replace(':place', folder).replace(':nodeId', file).replace(':shareId', shareId)
    return { rightful, route, url: found, body }
  }
  const places = '/api/spaces/places/:place'
  const node = '/api/spaces/nodes/:nodeId'
  const setting = '/api/schools/:schoolId/spaces'
  const ofHead = (route: string, body?: unknown): Try => {
    return { rightful: head, route, url: setting.replace(':schoolId', school.id), body }
  }
  return [
    one(`GET ${places}`),
    one(`GET ${places}/trash`),
    one(`POST ${places}/folders`, { name: 'Chapitre' }),
    one(`POST ${places}/folder-paths`, [['Chapitre 2', 'Vide']]),
    one(`POST ${places}/clashes`, ['a.txt']),
    one(`POST ${places}/files`, { fileId, clash: 'both' }),
    one('POST /api/spaces/move', { nodes: [file], to: folder }),
    one('POST /api/spaces/copy', { nodes: [file], to: own }),
    one('POST /api/spaces/trash', { nodes: [toTrash] }),
    one('POST /api/spaces/restore', { nodes: [gone] }),
    one(`GET ${node}`),
    one(`PUT ${node}`, { name: 'z.txt' }),
    one(`POST ${node}/versions`, { version }),
    one(`POST ${node}/file`),
    one(`GET ${node}/shares`),
    one(`PUT ${node}/shares`, { kind: 'person', id: s.m_benali.id, write: true }),
    one(`DELETE ${node}/shares/:shareId`),
    one(`GET ${node}/receivers`, undefined, `${node}/receivers?q=`),
    one('GET /files/spaces/documents.zip', undefined, `/files/spaces/documents.zip?nodes=${folder}`),
    ofHead(`GET ${setting}`),
    ofHead(`PUT ${setting}`, { pupilsShare: true }),
  ]
}
