import type { Translate } from '../../platform/i18n/i18n.ts'
import type { SubmissionState } from '../workflow.ts'

const STATE_COLORS: Record<SubmissionState, string> = {
  draft: 'neutral',
  submitted: 'success',
  held: 'warning',
  confirmed: 'warning',
  released: 'success',
  refused: 'danger',
}

/** The state of a submission as a tag. */
export const stateTag = (t: Translate, state: SubmissionState): { color: string; text: string } => ({
  color: STATE_COLORS[state],
  text: t(`invitations:state.${state}`),
})
