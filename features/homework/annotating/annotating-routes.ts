// The addresses of what is drawn on copies and said about them.
import { Type } from 'typebox'
import { whoOf } from '#features/people'
import { IdOf } from '#platform/contract'
import type { Ctx } from '#platform/ctx'
import type { App } from '#platform/http'
import type { FileId, SubmissionId } from '#platform/ids'
import * as actions from './annotating-actions.ts'
import { AnnotationsDraft } from './contract.ts'

const OfSubmission = Type.Object({ submissionId: IdOf<SubmissionId>() })
const OfFile = Type.Object({ submissionId: IdOf<SubmissionId>(), fileId: IdOf<FileId>() })

/** Adds them. */
export function annotating(app: App, ctx: Ctx): void {
  app.get('/api/submissions/:submissionId/corrections', { schema: { params: OfSubmission } }, (request) =>
    actions.viewCorrections(ctx, whoOf(request), request.params.submissionId),
  )
  app.put(
    '/api/submissions/:submissionId/files/:fileId/annotations',
    { schema: { params: OfFile, body: AnnotationsDraft } },
    (request) => {
      const { submissionId, fileId } = request.params
      return actions.saveAnnotations(ctx, whoOf(request), submissionId, fileId, request.body)
    },
  )
  app.put('/api/submissions/:submissionId/voice/:fileId', { schema: { params: OfFile } }, (request) =>
    actions.addMessage(ctx, whoOf(request), request.params.submissionId, request.params.fileId),
  )
  app.delete('/api/submissions/:submissionId/voice/:fileId', { schema: { params: OfFile } }, (request) =>
    actions.removeMessage(ctx, whoOf(request), request.params.submissionId, request.params.fileId),
  )
}
