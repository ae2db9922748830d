// The addresses of spaces.
import { Type } from 'typebox'
import { disposition } from '#features/documents'
import { whoOf } from '#features/people'
import { IdOf } from '#platform/contract'
import type { Ctx } from '#platform/ctx'
import { encode, sendEncoded } from '#platform/encoded'
import type { App, Routes } from '#platform/http'
import { isId, type NodeId, type SchoolId, type ShareId } from '#platform/ids'
import { Refused } from '#platform/refusal'
import * as look from './actions.ts'
import { archiveOf } from './archive/archive-actions.ts'
import * as change from './changes/change-actions.ts'
import * as files from './changes/file-actions.ts'
import { copyNodes, moveNodes } from './changes/transfer-actions.ts'
import * as wire from './contract.ts'
import * as share from './sharing/share-actions.ts'
import * as trash from './trash/trash-actions.ts'

const OfPlace = Type.Object({ place: wire.Place })
const OfNode = Type.Object({ nodeId: IdOf<NodeId>() })
const OfShare = Type.Object({ nodeId: IdOf<NodeId>(), shareId: IdOf<ShareId>() })
const OfSchool = Type.Object({ schoolId: IdOf<SchoolId>() })
const Asked = Type.Object({ q: Type.String({ maxLength: 200 }) })

export function routes(ctx: Ctx): Routes {
  return (app) => {
    looking(app, ctx)
    changing(app, ctx)
    sharing(app, ctx)
    packing(app, ctx)
  }
}

function looking(app: App, ctx: Ctx): void {
  app.get('/api/spaces', (request) => look.listSpaces(ctx, whoOf(request)))
  app.get('/api/spaces/shared', (request) => look.listShared(ctx, whoOf(request)))
  app.get('/api/spaces/search', { schema: { querystring: Asked } }, (request) =>
    look.searchByName(ctx, whoOf(request), request.query.q),
  )
  // A folder of thousands is sent compressed, and not again while it is as it was.
  app.get('/api/spaces/places/:place', { schema: { params: OfPlace } }, async (request, reply) =>
    sendEncoded(request, reply, encode(await look.viewPlace(ctx, whoOf(request), request.params.place))),
  )
  app.get('/api/spaces/places/:place/trash', { schema: { params: OfPlace } }, (request) =>
    trash.viewTrash(ctx, whoOf(request), request.params.place),
  )
  app.get('/api/spaces/nodes/:nodeId', { schema: { params: OfNode } }, (request) =>
    look.viewNode(ctx, whoOf(request), request.params.nodeId),
  )
}

function changing(app: App, ctx: Ctx): void {
  const at = '/api/spaces/places/:place'
  app.post(`${at}/folders`, { schema: { params: OfPlace, body: wire.NewFolder } }, (request) =>
    change.makeFolder(ctx, whoOf(request), request.params.place, request.body),
  )
  app.post(
    `${at}/folder-paths`,
    { schema: { params: OfPlace, body: wire.FolderPaths } },
    async (request, reply) => {
      await files.makePaths(ctx, whoOf(request), request.params.place, request.body)
      return reply.code(204).send()
    },
  )
  app.post(`${at}/files`, { schema: { params: OfPlace, body: wire.NewFile } }, (request) =>
    files.placeFile(ctx, whoOf(request), request.params.place, request.body),
  )
  app.post(`${at}/clashes`, { schema: { params: OfPlace, body: wire.Paths } }, (request) =>
    files.clashesIn(ctx, whoOf(request), request.params.place, request.body),
  )
  app.post('/api/spaces/move', { schema: { body: wire.Transfer } }, (request) =>
    moveNodes(ctx, whoOf(request), request.body),
  )
  app.post('/api/spaces/copy', { schema: { body: wire.Transfer } }, (request) =>
    copyNodes(ctx, whoOf(request), request.body),
  )
  app.post('/api/spaces/trash', { schema: { body: wire.Chosen } }, async (request, reply) => {
    await trash.trashNodes(ctx, whoOf(request), request.body.nodes)
    return reply.code(204).send()
  })
  app.post('/api/spaces/restore', { schema: { body: wire.Chosen } }, (request) =>
    trash.restoreNodes(ctx, whoOf(request), request.body.nodes),
  )
  app.put('/api/spaces/nodes/:nodeId', { schema: { params: OfNode, body: wire.NodeDraft } }, (request) =>
    change.changeNode(ctx, whoOf(request), request.params.nodeId, request.body),
  )
  app.post(
    '/api/spaces/nodes/:nodeId/versions',
    { schema: { params: OfNode, body: wire.OlderVersion } },
    (request) => files.restoreVersion(ctx, whoOf(request), request.params.nodeId, request.body.version),
  )
  app.post('/api/spaces/nodes/:nodeId/file', { schema: { params: OfNode } }, (request) =>
    files.takeFile(ctx, whoOf(request), request.params.nodeId),
  )
}

function sharing(app: App, ctx: Ctx): void {
  const shares = '/api/spaces/nodes/:nodeId/shares'
  app.get(shares, { schema: { params: OfNode } }, (request) =>
    share.viewShares(ctx, whoOf(request), request.params.nodeId),
  )
  app.put(shares, { schema: { params: OfNode, body: wire.ShareDraft } }, (request) =>
    share.shareNode(ctx, whoOf(request), request.params.nodeId, request.body),
  )
  app.delete(`${shares}/:shareId`, { schema: { params: OfShare } }, (request) =>
    share.withdrawShare(ctx, whoOf(request), request.params.nodeId, request.params.shareId),
  )
  app.get(
    '/api/spaces/nodes/:nodeId/receivers',
    { schema: { params: OfNode, querystring: Asked } },
    (request) => share.findReceivers(ctx, whoOf(request), request.params.nodeId, request.query.q),
  )
  app.get('/api/schools/:schoolId/spaces', { schema: { params: OfSchool } }, (request) =>
    share.viewSetting(ctx, whoOf(request), request.params.schoolId),
  )
  app.put('/api/schools/:schoolId/spaces', { schema: { params: OfSchool, body: wire.Setting } }, (request) =>
    share.changeSetting(ctx, whoOf(request), request.params.schoolId, request.body),
  )
}

const Packed = Type.Object({
  nodes: Type.String({ maxLength: 8_000 }),
  lang: Type.Optional(Type.Union([Type.Literal('fr'), Type.Literal('en')])),
})

/** Under /files, where the door lets answers take their time. */
function packing(app: App, ctx: Ctx): void {
  app.get('/files/spaces/documents.zip', { schema: { querystring: Packed } }, async (request, reply) => {
    const { nodes, lang } = request.query
    const ids = nodes.split(',')
    if (!ids.every(isId)) throw new Refused('request.invalid')
    const { name, bytes } = await archiveOf(ctx, whoOf(request), ids as NodeId[], lang ?? 'fr')
    reply.headers({
      'content-disposition': disposition(false, name),
      'cache-control': 'private, no-store',
      'x-content-type-options': 'nosniff',
    })
    return reply.type('application/zip').send(bytes)
  })
}
