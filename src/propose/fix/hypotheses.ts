import type { Failure } from '../../contract/failure.ts';
import type { FixEdit, FixHypothesis, FixTrial } from '../../contract/fix.ts';
import type { Claim } from '../../contract/narrative.ts';
import type { Proposer } from '../../contract/proposer.ts';
import type { Trace } from '../../contract/trace.ts';
import { hexHash } from '../../text/hash.ts';
import { type CauseSubject, systemPromptOf } from '../subject.ts';
import { applied, definitionsIn, diffOf, type FixFiles, type Patched } from './apply-edits.ts';
import { fingerprintOf } from './fingerprint.ts';
import { fixPrompt } from './fix-prompt.ts';
import { type ProposedFix, readFixes } from './read-fixes.ts';
import { type TemplateFix, templateFixes } from './templates.ts';

export interface FixInput {
  readonly subject: CauseSubject;
  /** All failures of the cause. */
  readonly members: readonly Failure[];
  /** Traces that passed. */
  readonly passing: readonly Trace[];
  /** Declared prompt and tools; what was recorded stands for those of an application that declares neither. */
  readonly declared: FixFiles;
  /** What was tried before and did not work. */
  readonly tried: readonly FixTrial[];
}

/** A hypothesis with the texts as its change leaves them. */
export interface FixProposal {
  readonly hypothesis: FixHypothesis;
  readonly patched: Patched;
}

/** Hypotheses, and what asking a model came to. */
export interface ProposedFixes {
  readonly proposals: readonly FixProposal[];
  /** Why a model that was asked gave none; null where it did, or where none was asked. */
  readonly problem: string | null;
}

/**
 * How a cause may be fixed: by the template of its category, filled from its fingerprint, and by a model where there is
 * one. Each is a change that can be made; none was tried. Only an abort of `signal` throws.
 */
export async function fixHypotheses(
  input: FixInput,
  proposer: Proposer | null,
  signal?: AbortSignal,
): Promise<ProposedFixes> {
  const { subject, members, passing, declared } = input;
  const files = filesOf(declared, subject.failing[0]!.trace);
  const definitions = files.tools === null ? [] : definitionsIn(files.tools.text);
  const template = templateFixes(fingerprintOf(subject.cluster, members, definitions, passing))
    .map((fix) => proposalOf({ ...fix, claim: claimOf(fix, subject) }, 'template', input, files))
    .find((each) => each !== null);
  const asked = proposer === null ? null : await ask(proposer, input, files, signal);
  const all = [...(template === undefined ? [] : [template]), ...(asked?.proposals ?? [])];
  const byId = new Map(all.map((each) => [each.hypothesis.id, each]));
  return {
    proposals: [...byId.values()],
    problem: asked?.problem ?? null,
  };
}

/** What was recorded, where nothing is declared. */
function filesOf(declared: FixFiles, trace: Trace): FixFiles {
  if (declared.prompt !== null || declared.tools !== null) return declared;
  const prompt = systemPromptOf(trace);
  return {
    prompt: prompt === '' ? null : { name: 'recorded-prompt.txt', text: `${prompt.trimEnd()}\n` },
    tools:
      trace.tools.length === 0
        ? null
        : { name: 'recorded-tools.json', text: `${JSON.stringify(trace.tools, null, 2)}\n` },
  };
}

async function ask(
  proposer: Proposer,
  input: FixInput,
  files: FixFiles,
  signal: AbortSignal | undefined,
): Promise<ProposedFixes> {
  const { prompt, material } = fixPrompt(input.subject, files, input.tried);
  const proposed = await proposer.ask(prompt, signal);
  if (proposed.kind === 'none') return { proposals: [], problem: proposed.why };
  const shown = `${files.prompt?.text ?? ''}\n${files.tools?.text ?? ''}`;
  const proposals = readFixes(proposed.answer, input.subject, material, shown).flatMap(
    (fix) => proposalOf(fix, proposer.id, input, files) ?? [],
  );
  return { proposals, problem: proposals.length === 0 ? NOTHING_HELD : null };
}

const NOTHING_HELD = 'nothing that it proposed held when code checked it';

/** Effort by what is changed, as the taxonomy counts it. */
const COST = { prompt: 1, tools: 3 } as const;

/** Null where the change cannot be made in these files. */
function proposalOf(
  { layer, claim, edits }: ProposedFix,
  proposedBy: string,
  { subject }: FixInput,
  files: FixFiles,
): FixProposal | null {
  const patched = applied(edits, files);
  if (patched === null) return null;
  const hypothesis: FixHypothesis = {
    id: idOf(subject.cluster.id, edits, files),
    ...{ proposedBy, layer, claim, edits },
    diff: diffOf(files, patched),
    cost: patched.tools === null ? COST.prompt : COST.tools,
  };
  return { hypothesis, patched };
}

/** The same change of the same texts for the same cause has the same id. */
const idOf = (cause: string, edits: readonly FixEdit[], { prompt, tools }: FixFiles): string =>
  `h-${hexHash(JSON.stringify([cause, edits, prompt?.text ?? null, tools?.text ?? null]))}`;

/** The claim of a template with what code found: why the cause likely arises in this layer, else how it shows. */
function claimOf({ claim: text, layer }: TemplateFix, { cluster }: CauseSubject): Claim {
  const why = cluster.why.find((each) => each.layer === layer);
  const [reason] = why?.evidence ?? [];
  if (why !== undefined && reason !== undefined)
    return { text, state: 'confirmed', quote: reason, finding: why.statement };
  const [shown] = cluster.evidence;
  if (shown === undefined) return { text, state: 'hypothesis', quote: null, finding: null };
  const { spanId, path, quote, traceId } = shown;
  return { text, state: 'supported', quote: { spanId, path, quote, traceId }, finding: null };
}
