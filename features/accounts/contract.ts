// Sign-in, activation and passes as they cross the wire. Every answer that signs somebody in sets the cookies.
//
//   POST   /api/session                 SignIn     → Session
//   GET    /api/session                            → Session | 204    who is signed in here, and who else may switch;
//                                                                     gives a new browser its device pass
//   POST   /api/session/switch          Switch     → Session          to somebody signed in on this device
//   POST   /api/session/renew                      → Session          fresh keys from the directory
//   DELETE /api/session                            → Session | 204    signs out here; the next person, if any
//   DELETE /api/session/everywhere                 → Session | 204    ends every pass of the account, on all devices
//   POST   /api/session/activation/check Code      → ActivationView
//   POST   /api/session/activation      Activation → Session
//   POST   /api/session/password        NewPassword → 204
//   GET    /api/classes/:classId/accounts          → ClassAccounts    (its teachers, its school's administrators)
//   POST   /api/classes/:classId/codes ClassCodesWish → CodeList      new codes for all who have no password yet
//   POST   /api/accounts/:personId/code CodeWish   → CodeList         one person starts anew: administrator, a pupil's
//                                                                     teacher who vouches, a child's guardian
//   GET    /api/schools/:schoolId/codes?who=       → CodesPlan        (its administrators, as below)
//   POST   /api/schools/:schoolId/codes CodesWish  → CodeList         for whoever of some homerooms never signed in
//   GET    /api/schools/:schoolId/accounts?AccountSearch → ClassAccounts (its administrators): a hundred at most
import { type Static, Type } from 'typebox'
import { IdOf, Instant } from '#platform/contract'
import type { ClassId, PersonId } from '#platform/ids'
import type { Refusals } from '#platform/refusal'
import { schoolCodesRefusals } from './codes/contract.ts'
import { linkRefusals } from './links/contract.ts'

export const SignIn = Type.Object({
  username: Type.String({ minLength: 1, maxLength: 200 }),
  password: Type.String({ minLength: 1, maxLength: 500 }),
  /** Keep the one who is signed in on this device, for switching. */
  add: Type.Optional(Type.Boolean()),
})
export type SignIn = Static<typeof SignIn>

const PersonOnDevice = Type.Object({ account: IdOf<PersonId>(), givenName: Type.String() })

export const Session = Type.Object({
  account: IdOf<PersonId>(),
  givenName: Type.String(),
  familyName: Type.String(),
  roles: Type.Array(
    Type.Union([
      Type.Literal('student'),
      Type.Literal('teacher'),
      Type.Literal('guardian'),
      Type.Literal('administrator'),
    ]),
  ),
  /** Others who are signed in on this device. */
  others: Type.Array(PersonOnDevice),
})
export type Session = Static<typeof Session>

export const Switch = Type.Object({ account: IdOf<PersonId>() })
export type Switch = Static<typeof Switch>

/** Codes are read from paper: case, spaces and dashes do not matter, nor 0/O and 1/I/L. */
export const Code = Type.Object({ code: Type.String({ minLength: 1, maxLength: 60 }) })
export type Code = Static<typeof Code>

export const ActivationView = Type.Object({
  givenName: Type.String(),
  username: Type.String(),
  school: Type.String(),
  class: Type.Union([Type.String(), Type.Null()]),
})
export type ActivationView = Static<typeof ActivationView>

export const Activation = Type.Object({
  code: Type.String({ minLength: 1, maxLength: 60 }),
  password: Type.String({ minLength: 1, maxLength: 500 }),
  add: Type.Optional(Type.Boolean()),
})
export type Activation = Static<typeof Activation>

export const NewPassword = Type.Object({
  current: Type.String({ minLength: 1, maxLength: 500 }),
  next: Type.String({ minLength: 1, maxLength: 500 }),
})
export type NewPassword = Static<typeof NewPassword>

export const ClassAccounts = Type.Array(
  Type.Object({
    id: IdOf<PersonId>(),
    givenName: Type.String(),
    familyName: Type.String(),
    username: Type.String(),
    role: Type.String(),
    class: Type.Union([Type.String(), Type.Null()]),
    state: Type.Union([
      Type.Literal('active'),
      Type.Literal('code-made'),
      Type.Literal('no-code'),
      Type.Literal('disabled'),
    ]),
    codeExpiresAt: Type.Union([Instant, Type.Null()]),
  }),
)
export type ClassAccounts = Static<typeof ClassAccounts>

/** Words of a name, in any order, without regard to case and accents; and what else narrows it down. */
export const AccountSearch = Type.Object({
  q: Type.Optional(Type.String({ maxLength: 100 })),
  who: Type.Optional(
    Type.Union([Type.Literal('student'), Type.Literal('guardian'), Type.Literal('works-here')]),
  ),
  /** A homeroom or group: its pupils. */
  class: Type.Optional(IdOf<ClassId>()),
  /** With a password, or without one yet. */
  state: Type.Optional(Type.Union([Type.Literal('active'), Type.Literal('waiting')])),
})
export type AccountSearch = Static<typeof AccountSearch>

/** Shown once: only a hash is kept. */
export const CodeList = Type.Object({
  school: Type.String(),
  title: Type.String(),
  expiresAt: Instant,
  codes: Type.Array(
    Type.Object({
      givenName: Type.String(),
      familyName: Type.String(),
      username: Type.String(),
      code: Type.String(),
      /** Of a list that holds several classes. */
      class: Type.Optional(Type.String()),
      /** Of a guardian: the children whom this school knows. */
      children: Type.Optional(Type.Array(Type.String())),
    }),
  ),
})
export type CodeList = Static<typeof CodeList>

export const shortestPassword = 8

export const refusals = {
  'sign-in.wrong': 401,
  /** facts.seconds: how long to wait. */
  'sign-in.wait': 429,
  /** Many sign in at once; facts.seconds. */
  'sign-in.busy': 503,
  'activation.unknown': 404,
  'activation.expired': 410,
  'password.too-short': 422,
  'password.too-common': 422,
  'password.is-the-name': 422,
  'session.not-on-this-device': 404,
  ...linkRefusals,
  ...schoolCodesRefusals,
} as const satisfies Refusals
