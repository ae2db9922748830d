// The address of a receipt: a file to keep. The keys are published by the door (/.well-known/preau-receipts.json).
import { Type } from 'typebox'
import { whoOf } from '#features/people'
import { IdOf } from '#platform/contract'
import type { Ctx } from '#platform/ctx'
import type { Routes } from '#platform/http'
import type { SubmissionId } from '#platform/ids'
import { receiptFile, receiptReadBy } from './actions.ts'

const OfSubmission = { params: Type.Object({ submissionId: IdOf<SubmissionId>() }) }

export function routes(ctx: Ctx): Routes {
  return (app) => {
    app.get('/api/submissions/:submissionId/receipt', { schema: OfSubmission }, async (request, reply) => {
      const signed = await receiptReadBy(ctx, whoOf(request), request.params.submissionId)
      const { name, file } = receiptFile(signed)
      reply.type('application/json; charset=utf-8')
      reply.headers({
        'content-disposition': `attachment; filename="${name}"`,
        'cache-control': 'private, no-cache',
      })
      return reply.send(`${JSON.stringify(file, null, 2)}\n`)
    })
  }
}
