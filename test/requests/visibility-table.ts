import type { Status } from '../../src/requests/workflow.ts'

/**
 * Who sees what of a request: the table of spec/requests.md, "Who sees what", and the bullets under it, written out by hand. It knows
 * nothing of the code that it is held against.
 *
 * O  overview: number, authorities, status, dates, whose turn it is
 * C  content: reason, questions, answers sent, comments, attachments that are not personal
 * P  personal data: marked fields, variables, attachments
 * D  draft answers, a reply that waits for approval, its returns: the responder's own
 * R  what was returned or said before the request was sent: the requester's own
 */
export type Sees = '' | 'O' | 'OC' | 'OCP' | 'OCD' | 'OCPD' | 'OCR' | 'OCPR'

/** When: before it is sent; sent and not accepted; accepted, in whatever way it goes on; and where coordinators have to act. */
export const moments = {
  draft: ['draft'],
  toApprove: ['awaiting approval'],
  arrived: ['sent', 'refused', 'called back'],
  running: [
    'accepted',
    'partly answered',
    'answered',
    'additional requested',
    'additional accepted',
    'additional declined',
    'referral decided',
    'withdrawn',
    'closed',
    'closed (inactive)',
    'closed (counterpart deleted)',
  ],
  replyToApprove: ['reply awaiting approval'],
  referral: ['in referral'],
} as const satisfies Record<string, readonly Status[]>
export type Moment = keyof typeof moments

type Row = Record<Moment, Sees>

/** The same from the moment it is sent. */
const heard = (draft: Sees, toApprove: Sees, from: Sees): Row => ({
  draft,
  toApprove,
  arrived: from,
  running: from,
  replyToApprove: from,
  referral: from,
})

/** Everybody, where the coordinators may see details when they have to act (`shown`), and where they may not. */
export const table = {
  'handler of the requester': heard('OCPR', 'OCPR', 'OCPR'),
  'allocator of the requester': heard('OCR', 'OCR', 'OCR'),
  'basic user of the requester': heard('O', 'O', 'O'),
  'administrator of the requester': heard('O', 'O', 'O'),
  "approver of the requester's coordinator, shown": { ...heard('', 'OCR', 'O') },
  "approver of the requester's coordinator, not shown": heard('', 'O', 'O'),
  "referee of the requester's coordinator, shown": { ...heard('', 'O', 'O'), referral: 'OCR' },
  "referee of the requester's coordinator, not shown": heard('', 'O', 'O'),
  "basic user of the requester's coordinator": heard('', 'O', 'O'),
  'user of an authority that the requester has linked': heard('', '', 'O'),
  'handler of the responder': { ...heard('', '', 'OCPD'), arrived: 'OCD' },
  'allocator of the responder': heard('', '', 'OC'),
  'basic user of the responder': heard('', '', 'O'),
  'administrator of the responder': heard('', '', 'O'),
  "approver of the responder's coordinator, shown": { ...heard('', '', 'O'), replyToApprove: 'OCD' },
  "approver of the responder's coordinator, not shown": heard('', '', 'O'),
  "referee of the responder's coordinator, shown": { ...heard('', '', 'O'), referral: 'OC' },
  "referee of the responder's coordinator, not shown": heard('', '', 'O'),
  "basic user of the responder's coordinator": heard('', '', 'O'),
  'user of an authority that the responder has linked': heard('', '', 'O'),
  'handler of another authority': heard('', '', ''),
  'national coordinator of the requester, not linked': heard('', '', ''),
  'national coordinator of the responder, not linked': heard('', '', ''),
  Commission: heard('', '', ''),
} as const satisfies Record<string, Row>
export type Person = keyof typeof table
