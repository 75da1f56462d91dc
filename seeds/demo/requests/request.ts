/** Days before now at which something happened; parts of a day are allowed. */
type DaysAgo = number

/** An answer by the code of its question: in its stored form, or with a comment, or as one that cannot be obtained. */
export type DemoAnswer = string | { value?: string; cannot?: true; comment?: string }

/** One act in the life of a request, as the table of src/requests/workflow.ts names it, and what the actor said with it. */
export interface DemoAct {
  ago: DaysAgo
  /** Username; left out where the system acts, or somebody of a deleted authority, of which only the key is known. */
  by?: string
  of?: string
  act: ActName
  /** Of which part; the first unless said otherwise. */
  part?: number
  note?: string
  /** Key of the authority that it goes to. */
  to?: string
  /** A date that was agreed to or proposed, in days from now. */
  date?: number
  /** Codes of questions: those given away or asked again. */
  questions?: string[]
  answers?: Record<string, DemoAnswer>
  general?: string
  mustBeGiven?: boolean
  /** Usernames of those it is allocated to. */
  handlers?: string[]
  /** Timeliness and effort. */
  rated?: [number, number]
}

export type ActName =
  | 'send'
  | 'approve'
  | 'return'
  | 'accept'
  | 'forward'
  | 'refuse'
  | 'split'
  | 'callBack'
  | 'withdraw'
  | 'allocate'
  | 'saveAnswers'
  | 'proposeLaterDate'
  | 'replyPartly'
  | 'replyFully'
  | 'approveReply'
  | 'returnReply'
  | 'acceptReply'
  | 'demand'
  | 'agreeDemand'
  | 'declineDemand'
  | 'refer'
  | 'giveOpinion'
  | 'comment'
  | 'remind'
  | 'askForHelp'
  | 'lapse'
  | 'loseCounterpart'

/** Something done about the personal data of a request, as its own history names it. */
export type DemoProtection = { ago: DaysAgo; by?: string } & (
  | { act: 'erasureProposed' | 'erasureDeclined' | 'personalDataBlocked'; kind?: never }
  | { act: 'dataSubjectRequestRecorded'; kind: 'access' | 'correction' }
)

/** A request of the demo world, from its draft on. */
export interface DemoRequest {
  module: string
  /** Keys of the two authorities, and the username of who writes it. */
  from: string
  to?: string
  by: string
  /** The language in which both sides' handlers write to each other. */
  language: string
  began: DaysAgo
  /** Proposed date for the answer, in days from now. */
  due?: number
  subject: Record<string, string>
  reason: string
  urgent?: string
  pleaseForward?: true
  /** Codes of questions with what stands in their blanks. Sub-questions come along. */
  questions: [code: string, blanks?: Record<string, string>][]
  acts?: DemoAct[]
  /** File number and remark of one's own, by authority. */
  notes?: Record<string, { file: string; remark: string }>
  protected?: DemoProtection[]
}
