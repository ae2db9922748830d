// The addresses at which a school decides what guardians see.
import { Type } from 'typebox'
import { whoOf } from '#features/people'
import { IdOf } from '#platform/contract'
import type { Ctx } from '#platform/ctx'
import type { Routes } from '#platform/http'
import type { PersonId } from '#platform/ids'
import { decide, type Hears, viewGuardians } from './actions.ts'
import { Decision } from './contract.ts'

const OfPupil = Type.Object({ pupilId: IdOf<PersonId>() })
const OfGuardian = Type.Object({ pupilId: IdOf<PersonId>(), guardianId: IdOf<PersonId>() })

/** Adds the routes of guardians; `gate` hears whose passes a decision ends. */
export function routes(ctx: Ctx, gate: Hears): Routes {
  return (app) => {
    app.get('/api/pupils/:pupilId/guardians', { schema: { params: OfPupil } }, (request) =>
      viewGuardians(ctx, whoOf(request), request.params.pupilId),
    )
    app.put(
      '/api/pupils/:pupilId/guardians/:guardianId',
      { schema: { params: OfGuardian, body: Decision } },
      (request) => {
        const { guardianId: guardian, pupilId: pupil } = request.params
        return decide(ctx, gate, whoOf(request), { guardian, pupil }, request.body)
      },
    )
  }
}
