// The addresses of activation codes and of the lists that show who has an account.
import { Type } from 'typebox'
import { whoOf } from '#features/people'
import { IdOf } from '#platform/contract'
import type { Routes } from '#platform/http'
import type { ClassId, PersonId, SchoolId } from '#platform/ids'
import { browserOf, tell } from '../browser.ts'
import { AccountSearch, Activation, Code } from '../contract.ts'
import type { Office } from '../office.ts'
import {
  activate,
  checkCode,
  makeClassCodes,
  makeCodeFor,
  searchSchoolAccounts,
  viewClassAccounts,
} from './code-actions.ts'
import { ClassCodesWish, CodesWho, CodesWish, CodeWish } from './contract.ts'
import { makeSchoolCodes, planSchoolCodes } from './school-codes-actions.ts'

const OfClass = { params: Type.Object({ classId: IdOf<ClassId>() }) }
const ClassWish = { ...OfClass, body: ClassCodesWish }
const PersonWish = { params: Type.Object({ personId: IdOf<PersonId>() }), body: CodeWish }
const OfSchool = Type.Object({ schoolId: IdOf<SchoolId>() })
const Plan = { params: OfSchool, querystring: Type.Object({ who: CodesWho }) }
const Wish = { params: OfSchool, body: CodesWish }
const Search = { params: OfSchool, querystring: AccountSearch }

export function codeRoutes(o: Office): Routes {
  return (app) => {
    app.post('/api/session/activation/check', { schema: { body: Code } }, (request) =>
      checkCode(o, browserOf(o, request), request.body.code),
    )
    app.post('/api/session/activation', { schema: { body: Activation } }, async (request, reply) =>
      tell(request, reply, await activate(o, browserOf(o, request), request.body)),
    )
    app.get('/api/classes/:classId/accounts', { schema: OfClass }, (request) =>
      viewClassAccounts(o, whoOf(request), request.params.classId),
    )
    app.post('/api/classes/:classId/codes', { schema: ClassWish }, (request, reply) => {
      reply.header('cache-control', 'no-store')
      return makeClassCodes(o, whoOf(request), request.params.classId, request.body)
    })
    app.post('/api/accounts/:personId/code', { schema: PersonWish }, (request, reply) => {
      reply.header('cache-control', 'no-store')
      return makeCodeFor(o, whoOf(request), request.params.personId, request.body)
    })
    app.get('/api/schools/:schoolId/codes', { schema: Plan }, (request) =>
      planSchoolCodes(o, whoOf(request), request.params.schoolId, request.query.who),
    )
    app.post('/api/schools/:schoolId/codes', { schema: Wish }, (request, reply) => {
      reply.header('cache-control', 'no-store')
      return makeSchoolCodes(o, whoOf(request), request.params.schoolId, request.body)
    })
    app.get('/api/schools/:schoolId/accounts', { schema: Search }, (request) =>
      searchSchoolAccounts(o, whoOf(request), request.params.schoolId, request.query),
    )
  }
}
