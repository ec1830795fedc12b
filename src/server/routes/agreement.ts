import {
  agreement,
  codeGroups,
  decidedCauses,
  type ProposalFigures,
  peopleAndJudge,
  proposalFigures,
  saturation,
} from '../../annotation/annotation.ts';
import type { Label } from '../../contract/person-label.ts';
import { z } from '../packages.ts';
import type { ServerContext } from '../server-context.ts';
import { type Api, json, newApi, orNull, route } from './api-group.ts';
import { taxonomyOf } from './taxonomies.ts';

const share = z.number().nullable();

const figures = z.object({
  decided: z.number(),
  accepted: z.number(),
  edited: z.number(),
  rejected: z.number(),
  minutes: share.describe('median minutes per decision; of causes, since the action before it'),
});

const get = route('read', {
  method: 'get',
  path: '/agreement',
  summary:
    'How well people agree, whether coding still finds new kinds, what becomes of proposals, and people beside judges',
  request: { query: z.object({ queue: z.string().max(100).optional() }) },
  responses: {
    200: json(
      z.object({
        labels: z.number(),
        people: z.number(),
        agreement: z.object({
          items: z.number().describe('that at least two people answered'),
          alpha: share.describe("Krippendorff's α; null below 30 items"),
          interval: orNull(z.array(z.number()).length(2)).describe('95%'),
          same: share.describe('share of pairs of answers that are the same'),
          prevalence: z.array(z.object({ category: z.string(), share: z.number() })),
          pairs: z.array(
            z.object({
              people: z.array(z.string()).length(2),
              items: z.number(),
              kappa: share.describe("Cohen's κ"),
            }),
          ),
          standing: z.enum(['too_few', 'one_answer', 'faulty', 'trend', 'may_gate']),
        }),
        saturation: z.object({
          items: z.number(),
          codes: z.array(z.number()).describe('different codes after each item'),
          sinceNew: z.number(),
          coverage: orNull(z.object({ estimate: z.number(), lower: z.number() })),
          isQuiet: z.boolean().describe('no new code in the last 20 items'),
        }),
        proposals: z
          .object({ labels: figures, causes: figures })
          .describe('what became of proposed categories of items, and of proposed causes'),
        codes: z
          .array(
            z.object({
              codes: z.array(z.string()).describe('that say the same, the most frequent first'),
              labels: z.array(z.string()).describe('ids'),
              category: z.string().nullable().describe('that most of these labels have'),
              inCategory: z.number(),
              suggestion: z
                .enum(['fits', 'move', 'split', 'spread', 'wait'])
                .describe(
                  'its category says it; another one says it; it is a kind of its own; no category has half of its labels; too few labels',
                ),
              target: z.string().nullable().describe('of `move`'),
            }),
          )
          .describe('from open to axial coding: at most 50 groups of codes, most labels first'),
        judges: z
          .array(
            z.object({
              name: z.string(),
              threshold: z.number(),
              traces: z.number(),
              found: z.number(),
              missed: z.number(),
              falseAlarms: z.number(),
              passed: z.number(),
              same: share,
              kappa: share,
            }),
          )
          .describe('scores beside what people say, most traces first'),
      }),
      'the figures',
    ),
  },
});

const MOST_JUDGED = 500;
const LEAST_JUDGED = 5;
/** Lines of the activity log that are looked at. */
const LOG = 5_000;
const MOST_GROUPS = 50;

export function agreementRoutes({ workspace, store }: ServerContext): Api {
  const api = newApi();

  api.openapi(get, async (c) => {
    const { project, by: person } = c.var.access;
    const { queue } = c.req.valid('query');
    const all = await workspace.annotation.labels(project, {
      person,
      ...(queue !== undefined && { queue }),
    });
    const given = all.filter(({ settles }) => !settles).toReversed();
    // Labels of blind items that still want answers are one's own: alone, they say nothing of agreement.
    const { prevalence, pairs, interval, ...rest } = agreement(
      given.map(({ kind, subject, person: by, triage, category }) => ({
        ...{ item: `${kind} ${subject}`, person: by, category: category ?? triage },
      })),
    );
    const { categories } = await taxonomyOf({ workspace }, project);
    const coded = saturation(given.map(({ codes }) => codes.map(({ code }) => code)));
    return c.json(
      {
        labels: given.length,
        people: new Set(given.map((each) => each.person)).size,
        agreement: {
          ...rest,
          interval: interval === null ? null : [...interval],
          prevalence: [...prevalence],
          pairs: pairs.map((pair) => ({ ...pair, people: [...pair.people] })),
        },
        saturation: { ...coded, codes: [...coded.codes] },
        proposals: {
          labels: labelFigures(given),
          causes: proposalFigures(decidedCauses(await workspace.activity(project, { limit: LOG }))),
        },
        codes: codeGroups(given, categories)
          .slice(0, MOST_GROUPS)
          .map(({ codes, labels, ...group }) => ({
            ...{ ...group, codes: [...codes], labels: [...labels] },
          })),
        judges: await judgesOf(project, all),
      },
      200,
    );
  });

  return api;

  /** Scores of the traces that people labeled; a settled disagreement counts instead of the answers. */
  async function judgesOf(project: string, labels: readonly Label[]) {
    const said = new Map<string, boolean>();
    // Newest first, so the first one said of a trace holds, settled ones before all others.
    for (const { kind, subject, triage } of labels.toSorted(
      (a, b) => Number(b.settles) - Number(a.settles),
    )) {
      if (kind !== 'trace' || said.has(subject)) continue;
      if (triage === 'genuine') said.set(subject, true);
      else if (triage === 'label_problem') said.set(subject, false);
    }
    const thresholds = await thresholdsOf(project);
    const scores = new Map<string, { readonly isFailure: boolean; readonly score: number }[]>();
    const asked = [...said].slice(0, MOST_JUDGED);
    const found = await store.scoresOf(
      project,
      asked.map(([subject]) => subject),
    );
    for (const [subject, isFailure] of asked)
      for (const [name, score] of Object.entries(found.get(subject) ?? {}))
        scores.set(name, [...(scores.get(name) ?? []), { isFailure, score }]);
    return [...scores]
      .filter(([, traces]) => traces.length >= LEAST_JUDGED)
      .map(([name, traces]) => ({
        name,
        ...peopleAndJudge(traces, thresholds.get(name) ?? 0.5),
      }))
      .toSorted((a, b) => b.traces - a.traces);
  }

  /** Thresholds of the project's rules, such as `groundedness<0.7`. */
  async function thresholdsOf(project: string): Promise<ReadonlyMap<string, number>> {
    const found = await workspace.project(project);
    const thresholds = new Map<string, number>();
    for (const rule of found?.settings.scores ?? []) {
      const [, name = '', value = ''] = /^\s*(.+?)\s*<=?\s*(-?[\d.]+)\s*$/.exec(rule) ?? [];
      if (name !== '') thresholds.set(name, Number(value));
    }
    return thresholds;
  }
}

/** Of all labels; a time counts also where nothing was proposed. */
function labelFigures(labels: readonly Label[]): ProposalFigures {
  const all = labels.map(({ proposal: fate, milliseconds }) => ({ fate, milliseconds }));
  const { minutes } = proposalFigures(all.map((each) => ({ ...each, fate: 'accepted' })));
  return {
    ...proposalFigures(
      all.flatMap(({ fate }) => (fate === null ? [] : [{ fate, milliseconds: null }])),
    ),
    minutes,
  };
}
