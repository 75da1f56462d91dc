import { z } from 'zod'
import { NotFound } from '../../../platform/errors.ts'
import { recordId } from '../../../platform/web/form.ts'
import { form } from '../../../platform/web/form-route.ts'
import type { Route } from '../../../platform/web/route.ts'
import { findRequest } from '../../queries.ts'
import { copyRequest, isBlocked } from '../creating/copy-request.ts'
import { editingHref } from '../draft.ts'
import { contentOf, deleteDraft } from '../editing/delete-draft.ts'
import { withLabels } from '../editing/drawn.ts'
import { changeOfSet, takeNewerSet } from '../editing/newer-set.ts'
import { trailOf, whileOpen } from '../frame/routes.ts'

const nothing = z.object({})
const versioned = z.object({ version: recordId('components:form.odd') })

/** What happens to a draft as a whole: deleted, brought to the newest questions, made from an earlier request. */
export const keepingRoutes: Route[] = [
  ...whileOpen('edit', [
    ...form(
      '/requests/:id/deletion',
      { can: 'request.delete', on: findRequest },
      {
        view: 'requests/deletion',
        title: ({ number }) => ['drafting:deletion.title', { number }],
        trail: trailOf('drafting:deletion.open'),
        schema: nothing,
        offer: async ({ db, subject: request }) => ({ id: request.id, content: await contentOf(db, request) }),
        submit: (c, request) => deleteDraft(c, request),
        done: (_result, { number }) => ({ to: '/actions', notice: ['drafting:deletion.done', { number }] }),
      },
    ),

    ...form(
      '/requests/:id/editing/question-set',
      { can: 'request.edit', on: findRequest },
      {
        view: 'requests/question-set',
        title: ({ number }) => ['drafting:set.title', { number }],
        trail: trailOf('drafting:set.take'),
        schema: versioned,
        fill: ({ requestVersion }) => ({ version: String(requestVersion) }),
        offer: async ({ db, lang, t, subject: request }) => {
          const change = await changeOfSet(db, request)
          if (!change) throw new NotFound()
          const { kept, added } = change
          return {
            id: request.id,
            stay: [
              ...(kept > 0 ? [t('drafting:set.kept', { count: kept })] : []),
              ...(added > 0 ? [t('drafting:set.added', { count: added })] : []),
            ],
            gone: change.gone.map(question => withLabels(question, lang).text),
          }
        },
        submit: (c, request, { version }) => takeNewerSet(c, request, version),
        done: (_result, { id }) => ({ to: editingHref(id), notice: 'drafting:set.done' }),
      },
    ),
  ]),

  ...form(
    '/requests/:id/copy',
    { can: 'request.copy', on: findRequest },
    {
      view: 'requests/copy',
      title: ({ number }) => ['drafting:copy.title', { number }],
      trail: trailOf('requests:act.copy'),
      schema: nothing,
      offer: ({ subject: request }) => ({ id: request.id, blocked: isBlocked(request) }),
      submit: (c, request, _value, { actor, kernel: { files } }) => copyRequest(c, { actor, files }, request),
      done: ({ id, number }) => ({ to: editingHref(id), notice: ['drafting:new.done', { number }] }),
    },
  ),
]
