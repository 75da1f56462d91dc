import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { stepPages } from '../../src/requests/step-pages.ts'
import {
  type Answer,
  combined,
  dayAfter,
  expected,
  isOver,
  type Model,
  type Part,
  type Person,
  type Settings,
  turn,
  type Wish,
} from './model.ts'
import { apply } from './model-acts.ts'
import { RESPONDERS, type Walked, walkedWorld } from './model-world.ts'
import { ENDED, type Status } from './workflow-table.ts'

/**
 * The workflow walked at random by random people under random settings, through the front door, against a model written from
 * spec/requests.md: what it allows succeeds, everything else is refused with the right page, and the database never disagrees.
 * SOAK=<hours> walks longer and says what it did; a failure names the seed and the walk that led to it.
 */
const WALKS = process.env.SOAK ? 100_000 : 80
const ACTS = 50
const SECONDS = process.env.SOAK ? Number(process.env.SOAK) * 3600 : 60

let real: Walked
let taken = 0
let looked = 0
const done: Record<string, number> = {}
const refusals: Record<string, number> = {}
beforeAll(async () => {
  real = await walkedWorld()
})
afterAll(() => real.w.close())

const STATUS: Record<Answer, readonly number[]> = {
  done: [303],
  refused: [409, 422],
  forbidden: [403],
  'not found': [404],
}
const acts = Object.keys(stepPages)
const LAST = ['withdraw', 'refuse', 'callBack', 'acceptReply', 'close']
const QUIET = [
  'takeBack',
  'return',
  'takeBackReply',
  'returnReply',
  'forward',
  'comment',
  'remind',
  'askForHelp',
  'allocate',
  'proposeLaterDate',
  'agreeLaterDate',
  'declineLaterDate',
]

interface Choice {
  act: string
  person: Person
  part: Part
}

/** One act of somebody; `stray`: whatever comes, else one that the model allows. */
class Act implements fc.AsyncCommand<Model, Walked> {
  private readonly dice: readonly number[]
  private readonly stray: boolean
  private said = ''
  constructor(dice: readonly number[], stray: boolean) {
    this.dice = dice
    this.stray = stray
  }

  check(): boolean {
    return true
  }

  async run(model: Model, walked: Walked): Promise<void> {
    if (model.parts.length === 0 || (isOver(model) && !this.stray)) await walked.start(model)
    if (this.die(0) % 9 === 0) await walked.wait(model, 1 + (this.die(1) % 4))
    const wish = this.wish(model)
    const choice = this.stray ? this.any(model) : (this.allowed(model, wish) ?? this.any(model))
    const { act, person, part } = choice
    // A blank answer over a sent one is no wish of this walk.
    if (act === 'saveAnswers' && part.status === 'additional accepted') wish.all = true
    const answer = expected(model, act, person, part, wish)
    this.said = `${act} by ${person.role} of ${person.at} on part ${model.parts.indexOf(part) + 1} (${part.status}): ${answer}`
    const reply = await walked.take(act, person, part, wish)
    expect(STATUS[answer], `${this.said}, answered ${reply.status}`).toContain(reply.status)
    if (answer === 'refused') expect(reply.text, this.said).toMatch(/role="alert"/)
    if (answer === 'done') apply(model, act, person, part, wish)
    taken += 1
    const counts = answer === 'done' ? done : refusals
    counts[act] = (counts[act] ?? 0) + 1
    await agrees(model, walked, this.said)
    if (this.die(2) % 12 === 0) await reads(model, walked, this.die(3))
  }

  toString(): string {
    return this.said
  }

  private die(index: number): number {
    return this.dice[index] ?? 0
  }

  private wish({ parts, now }: Model): Wish {
    const [questions, people] = [this.die(4), this.die(5)]
    const [first] = parts
    const handlers = (at: string) =>
      real.people.filter(one => one.at === at && one.role === 'handler').map(({ id }) => id)
    const mine = handlers(first?.responder ?? '')
    return {
      target: ['S1', 'S2', 'S3', 'R'][this.die(6) % (this.stray ? 4 : 3)] ?? 'S1',
      questions: (first?.questions ?? []).filter((_, i) => (questions >> i) % 2 === 1),
      handOn: this.die(7) % 2 === 0,
      all: this.die(8) % 3 > 0,
      people: people % 3 === 2 ? mine : mine.slice(people % 3, (people % 3) + 1),
      date: dayAfter(now, 1 + (this.die(9) % 6)),
      must: this.die(10) % 2 === 0,
    }
  }

  private any({ parts }: Model): Choice {
    const part = pick(parts, this.die(11))
    return { act: pick(acts, this.die(12)), person: pick(real.people, this.die(13)), part }
  }

  /** An act that the model allows now; those that end everything come seldom, those that move nothing less often. */
  private allowed(model: Model, wish: Wish): Choice | undefined {
    const all = model.parts.flatMap(part =>
      acts.flatMap(act =>
        real.people
          .filter(person => fits(act, part, model, wish) && expected(model, act, person, part, wish) === 'done')
          .map(person => ({ act, person, part })),
      ),
    )
    const lasting = all.filter(({ act }) => !LAST.includes(act) || this.die(14) % 8 === 0)
    const moving = lasting.filter(({ act }) => !QUIET.includes(act) || this.die(15) % 4 === 0)
    const [from] = [moving, lasting, all].filter(({ length }) => length > 0)
    if (!from) return undefined
    const act = pick([...new Set(from.map(one => one.act))], this.die(12))
    return pick(
      from.filter(one => one.act === act),
      this.die(13),
    )
  }
}

const pick = <T>(from: readonly T[], die: number): T => {
  const found = from[die % from.length]
  if (found === undefined) throw new Error('There is nothing to pick from')
  return found
}

/** Those who are chosen are handlers of the first part's authority. */
const fits = (act: string, part: Part, { parts: [first] }: Model, { people }: Wish): boolean =>
  act !== 'allocate' || (people.length > 0 && part.responder === first?.responder)

/** The database says what the model says, part by part. */
async function agrees(model: Model, walked: Walked, said: string): Promise<void> {
  const { whole, parts } = await walked.look(model)
  for (const [i, part] of model.parts.entries()) part.id ||= parts[i]?.id ?? 0
  const inWords = model.parts.map(part => ({
    id: part.id,
    responder: walked.authorities.get(part.responder),
    status: part.status,
    cameFrom: part.cameFrom,
    later: part.later,
    due: part.due,
    mayRefuse: part.mayRefuse,
    coordinated: part.coordinated,
    allocated: part.allocated.toSorted((one, other) => one - other),
    questions: part.questions.toSorted(),
    drafted: part.drafted.toSorted(),
  }))
  expect(parts, said).toEqual(inWords)
  expect(whole, said).toBe(combined(model.parts))
  keepsQuestions(model, said)
}

/** Each question stands in one part; it is in one that counts, or the first part had ended when its part did. */
function keepsQuestions({ parts }: Model, said: string): void {
  expect(parts.flatMap(({ questions }) => questions).toSorted(), said).toEqual([1, 2, 3, 4])
  const [first] = parts
  for (const part of parts.slice(1))
    if (part.questions.length > 0 && (part.status === 'refused' || part.status === 'called back'))
      expect(ENDED, said).toContain(first?.status)
}

const TURN_TEXTS: Record<string, string> = {
  requester: 'The requesting authority',
  "requester's approver": "The requesting authority's coordinator, to approve",
  responder: 'The responding authority',
  "responder's approver": "The responding authority's coordinator, to approve",
  referees: 'The coordinators, to give their opinion',
  nobody: 'Nobody: the request has ended',
}

/** Who opens the page reads the status and whose turn it is, or finds nothing. */
async function reads(model: Model, walked: Walked, die: number): Promise<void> {
  const [part] = model.parts
  if (!part || model.parts.length > 1) return
  const person = pick(
    walked.people.filter(({ at }) => at === 'R' || at === 'S1'),
    die,
  )
  const reply = await walked.read(person, part)
  const heard = part.status !== 'draft' && part.status !== 'awaiting approval'
  const known = person.at === 'R' || (heard && part.responder === person.at)
  expect(reply.status).toBe(known ? 200 : 404)
  if (!known) return
  const shown: Status = person.at === 'R' && part.cameFrom ? part.cameFrom : part.status
  const words = reply.text
    .replace(/<[^>]*>/g, ' ')
    .replaceAll('&#39;', "'")
    .replace(/\s+/g, ' ')
  expect(words, `turn in ${part.status} for ${person.at}`).toContain(
    `Whose turn it is ${TURN_TEXTS[turn(part, shown)]} `,
  )
  looked += 1
}

const settings: fc.Arbitrary<Settings> = fc.record({
  approvesRequests: fc.boolean(),
  approvesReplies: fc.boolean(),
  requesterRefers: fc.boolean(),
  responderRefers: fc.boolean(),
  usesAllocation: fc.record(Object.fromEntries(RESPONDERS.map(name => [name, fc.nat(3).map(die => die === 0)]))),
  mayRefuse: fc.record(Object.fromEntries(RESPONDERS.map(name => [name, fc.boolean()]))),
})
const dice = fc.array(fc.noBias(fc.nat(100_000)), { minLength: 16, maxLength: 16 })
const act = fc.tuple(dice, fc.noBias(fc.nat(3))).map(([thrown, die]) => new Act(thrown, die === 0))

test(
  'the workflow does what the table says, and nothing else',
  async () => {
    await fc.assert(
      fc.asyncProperty(settings, fc.commands([act], { maxCommands: ACTS, size: 'max' }), async (chosen, walk) => {
        await real.begin(chosen)
        await fc.asyncModelRun(
          () => ({ model: { settings: chosen, parts: [], now: real.w.clock.now().getTime() }, real }),
          walk,
        )
      }),
      {
        // The suite walks the same ways each time; SOAK finds new ones.
        ...(process.env.SOAK ? {} : { seed: 20_261_120 }),
        numRuns: WALKS,
        endOnFailure: true,
        interruptAfterTimeLimit: SECONDS * 1000,
        markInterruptAsFailure: false,
      },
    )
    if (process.env.SOAK) console.log({ taken, looked, done, refusals })
    expect(taken).toBeGreaterThan(0)
  },
  SECONDS * 1000 + 120_000,
)
