// The addresses at which a school decides what guardians see.
import { Type } from 'typebox'
import { whoOf } from '#features/people'
import { IdOf } from '#platform/contract'
import type { Ctx } from '#platform/ctx'
import type { Routes } from '#platform/http'
import type { PersonId } from '#platform/ids'
import { decide, viewGuardians } from './actions.ts'
import { Decision } from './contract.ts'

const OfPupil = Type.Object({ pupilId: IdOf<PersonId>() })
const OfGuardian = Type.Object({ pupilId: IdOf<PersonId>(), guardianId: IdOf<PersonId>() })

/** Adds the routes of guardians. */
export function routes(ctx: Ctx): Routes {
  return (app) => {
    app.get('/api/pupils/:pupilId/guardians', { schema: { params: OfPupil } }, (request) =>
      viewGuardians(ctx, whoOf(request), request.params.pupilId),
    )
    app.put(
      '/api/pupils/:pupilId/guardians/:guardianId',
      { schema: { params: OfGuardian, body: Decision } },
      (request) => {
        const { guardianId: guardian, pupilId: pupil } = request.params
        return decide(ctx, whoOf(request), { guardian, pupil }, request.body)
      },
    )
  }
}
