import type { Model, Part, Person, Wish } from './model.ts'
import { ACC, ENDED, type Status } from './workflow-table.ts'

const within = (these: readonly Status[], status: Status): boolean => these.includes(status)

/** What an act that is done changes; a new part gets the number 0 until the database has said it. */
export function apply(model: Model, act: string, person: Person, part: Part, wish: Wish): void {
  acts[act]?.({ model, person, part, wish })
}

interface Doing {
  model: Model
  person: Person
  part: Part
  wish: Wish
}

/** Moves a part; a later date that was proposed falls away when nobody works on an answer any more. */
function move(part: Part, status: Status): void {
  part.cameFrom = status === 'reply awaiting approval' ? part.status : null
  part.status = status
  if (!within(ACC, status)) part.later = null
}

function endAll({ parts }: Model, status: Status): void {
  for (const part of parts.filter(one => !within(ENDED, one.status))) {
    move(part, status)
    part.outstanding = []
  }
}

function arrive(model: Model, part: Part, responder: string): void {
  part.responder = responder
  part.mayRefuse = model.settings.mayRefuse[responder] ?? false
  part.arrived = model.now
  part.coordinated = false
  part.allocated = []
  part.due = null
  part.reminded = null
  move(part, 'sent')
}

/** Sends what was made up; the drafts of it are drafts no longer. */
function sendReply(part: Part, { full, questions }: { full: boolean; questions: number[] }): void {
  part.waiting = null
  part.drafted = part.drafted.filter(question => !questions.includes(question))
  part.sent.push(...questions.map(question => ({ question, by: part.responder })))
  move(part, full ? 'answered' : 'partly answered')
}

function reply({ model, part }: Doing, full: boolean): void {
  const mine = (question: number) => part.sent.some(one => one.question === question && one.by === part.responder)
  const questions = part.questions.filter(
    question => (part.drafted.includes(question) || (full && mine(question))) && (full || !mine(question)),
  )
  part.later = null
  if (!model.settings.approvesReplies) return sendReply(part, { full, questions })
  part.waiting = { full, questions }
  move(part, 'reply awaiting approval')
}

function putBack(part: Part): void {
  part.waiting = null
  part.status = part.cameFrom ?? part.status
  part.cameFrom = null
}

/** Questions of a part that ends go back to the first one, unless that has ended. */
function giveBack({ parts: [first] }: Model, part: Part): void {
  if (!first || first === part) return
  part.drafted = []
  if (within(ENDED, first.status)) return
  first.questions.push(...part.questions)
  first.sent.push(...part.sent)
  part.questions = []
  part.sent = []
  if (within(['sent', 'accepted', 'partly answered'], first.status)) return
  first.outstanding = []
  first.waiting = null
  move(first, 'partly answered')
}

function split({ model, part, wish }: Doing): void {
  const goes = (question: number): boolean => wish.questions.includes(question)
  const made: Part = {
    ...part,
    id: 0,
    questions: part.questions.filter(goes),
    drafted: [],
    sent: part.sent.filter(({ question }) => goes(question)),
    waiting: null,
    outstanding: [],
    later: null,
  }
  part.questions = part.questions.filter(question => !goes(question))
  part.drafted = part.drafted.filter(question => !goes(question))
  part.sent = part.sent.filter(({ question }) => !goes(question))
  arrive(model, made, wish.target)
  model.parts.push(made)
}

function promise({ part, wish }: Doing): void {
  part.due = wish.date
  part.outstanding = []
  move(part, 'additional accepted')
}

const acts: Record<string, (doing: Doing) => void> = {
  send: ({ model, part }) => {
    if (model.settings.approvesRequests) part.status = 'awaiting approval'
    else arrive(model, part, part.responder)
  },
  approve: ({ model, part }) => {
    arrive(model, part, part.responder)
  },
  return: ({ part }) => {
    part.status = 'draft'
  },
  takeBack: ({ part }) => {
    part.status = 'draft'
  },
  accept: ({ part, wish }) => {
    part.due = wish.date
    part.coordinated = true
    move(part, 'accepted')
  },
  forward: ({ model, part, wish }) => {
    if (!wish.handOn) part.drafted = []
    arrive(model, part, wish.target)
  },
  refuse: ({ model, part }) => {
    move(part, 'refused')
    giveBack(model, part)
  },
  callBack: ({ model, part }) => {
    move(part, 'called back')
    giveBack(model, part)
  },
  withdraw: ({ model }) => {
    endAll(model, 'withdrawn')
  },
  split,
  saveAnswers: ({ part, wish }) => {
    // By number, as the page lists them: what came back from a part stands behind in the model.
    const open = part.questions
      .filter(
        question =>
          part.status === 'additional accepted' ||
          !part.sent.some(one => one.question === question && one.by === part.responder),
      )
      .toSorted((one, other) => one - other)
    part.drafted = part.drafted.filter(question => !open.includes(question))
    part.drafted.push(...(wish.all ? open : open.slice(0, 1)))
  },
  proposeLaterDate: ({ part, wish }) => {
    part.later = wish.date
  },
  agreeLaterDate: ({ part }) => {
    part.due = part.later
    part.later = null
  },
  declineLaterDate: ({ part }) => {
    part.later = null
  },
  replyPartly: doing => {
    reply(doing, false)
  },
  replyFully: doing => {
    reply(doing, true)
  },
  approveReply: ({ part }) => {
    if (part.waiting) sendReply(part, part.waiting)
  },
  returnReply: ({ part }) => {
    putBack(part)
  },
  takeBackReply: ({ part }) => {
    putBack(part)
  },
  acceptReply: ({ model }) => {
    endAll(model, 'closed')
  },
  demand: ({ part }) => {
    move(part, 'additional requested')
  },
  agreeDemand: promise,
  provide: promise,
  declineDemand: ({ part }) => {
    move(part, 'additional declined')
  },
  dropDemand: ({ part }) => {
    part.waiting = null
    part.outstanding = []
    move(part, 'answered')
  },
  close: ({ model }) => {
    endAll(model, 'closed')
  },
  refer: ({ model: { settings }, part }) => {
    part.outstanding = [
      ...(settings.requesterRefers ? ['R coordinator'] : []),
      ...(settings.responderRefers ? ['S coordinator'] : []),
    ]
    part.must = false
    move(part, 'in referral')
  },
  giveOpinion: ({ part, person, wish }) => {
    part.must ||= wish.must
    part.outstanding = part.outstanding.filter(at => at !== person.at)
    if (part.outstanding.length === 0) move(part, 'referral decided')
  },
  allocate: ({ part, wish }) => {
    part.allocated = wish.people
  },
  remind: ({ model, part }) => {
    part.reminded = model.now
  },
}
