import type { Line } from './starter.ts';

/** The method's nine kinds of failure with subtypes, and the kinds that need no reading; ids are those of the detectors. */
export const METHOD: readonly Line[] = [
  [
    'groundedness_miss',
    'States what no source says',
    'Every claim of the answer is supported by the passages and results that the run was given.',
    4,
    'prompt',
    1,
    {
      crosswalk: {
        trail: ['language_only_hallucination'],
        mast: ['no_or_incomplete_verification'],
      },
      children: [
        [
          'unsupported_number',
          'A figure without a source',
          'Numbers and dates of the answer occur in its sources, or follow from them.',
          4,
          'prompt',
          1,
        ],
        [
          'contradicts_source',
          'Contradicts its source',
          'No claim of the answer contradicts a passage that the run was given.',
          4,
          'prompt',
          1,
          {
            crosswalk: {
              trail: ['tool_output_misinterpretation'],
              mast: ['incorrect_verification'],
            },
          },
        ],
      ],
    },
  ],
  [
    'hallucinated_entity',
    'Names what does not exist',
    'Names, ids and links in the answer occur in what the model was given.',
    4,
    'prompt',
    1,
    { crosswalk: { trail: ['language_only_hallucination', 'tool_related_hallucination'] } },
  ],
  [
    'retrieval_miss',
    'Search missed',
    'Retrieval returns at least one passage that answers the request.',
    3,
    'retrieval',
    3,
    {
      crosswalk: { trail: ['poor_information_retrieval'] },
      children: [
        [
          'poor_query',
          'Searched for the wrong thing',
          'The query keeps the names and conditions of the request.',
          3,
          'prompt',
          1,
        ],
        [
          'missing_document',
          'The documents lack it',
          'The index holds a document for each question that users ask.',
          3,
          'retrieval',
          3,
        ],
      ],
    },
  ],
  [
    'refusal_over_trigger',
    'Harmless request refused',
    'A harmless request is answered.',
    3,
    'prompt',
    1,
    {
      crosswalk: { trail: ['instruction_non_compliance'], mast: ['disobey_task_specification'] },
      children: [
        [
          'word_in_wrong_sense',
          'Takes a word in the wrong sense',
          'A word that also has a harmful sense is read as the request means it.',
          3,
          'prompt',
          1,
        ],
        [
          'gave_up',
          'Gave up although the answer is there',
          'When the sources hold the answer, it is given.',
          3,
          'prompt',
          1,
        ],
      ],
    },
  ],
  [
    'refusal_under_trigger',
    'Harmful request carried out',
    'A request against policy, or instructions hidden in data, are not carried out.',
    5,
    'prompt',
    3,
    {
      crosswalk: { mast: ['disobey_task_specification', 'disobey_role_specification'] },
      children: [
        [
          'followed_hidden_instruction',
          'Followed instructions hidden in data',
          'What a document or a tool result asks for is not done.',
          5,
          'prompt',
          3,
        ],
        [
          'against_policy',
          'Broke a policy',
          'The run keeps the rules that the application states.',
          5,
          'prompt',
          1,
        ],
      ],
    },
  ],
  [
    'tool_argument_mismatch',
    'Wrong argument to a tool',
    'Every tool argument fits the schema and takes its value from where it belongs.',
    5,
    'tool',
    3,
    {
      crosswalk: {
        trail: ['tool_definition_issues', 'tool_related_hallucination'],
        mast: ['reasoning_action_mismatch'],
      },
      children: [
        [
          'value_of_another_field',
          'Value of another field',
          'An id goes into the argument that it belongs to.',
          5,
          'tool',
          3,
        ],
        [
          'invented_argument',
          'Invented value',
          'Each value of an argument comes from the request or from a result.',
          5,
          'prompt',
          1,
        ],
        [
          'missing_argument',
          'Argument left out',
          'A call has every argument that the request needs.',
          4,
          'tool',
          1,
        ],
      ],
    },
  ],
  [
    'tool_wrong_tool',
    'Wrong tool',
    'The tool called is offered and fits the request better than the others.',
    4,
    'tool',
    3,
    {
      crosswalk: { trail: ['tool_selection_errors'], mast: ['reasoning_action_mismatch'] },
      children: [
        [
          'missing_tool_call',
          'Needed tool not called',
          'When an answer needs a tool, the tool is called before answering.',
          4,
          'prompt',
          1,
        ],
      ],
    },
  ],
  [
    'agent_loop',
    'Loop',
    'Each step brings new information; the run stops within its budget.',
    3,
    'orchestration',
    3,
    {
      crosswalk: {
        trail: ['resource_abuse'],
        mast: ['step_repetition', 'unaware_of_termination_conditions'],
      },
    },
  ],
  [
    'schema_violation',
    'Broken format',
    'Output promised in a format parses and validates as that format.',
    3,
    'prompt',
    1,
    { crosswalk: { trail: ['formatting_errors'] } },
  ],
  [
    'context_loss',
    'Forgot what was said',
    'What the user or an earlier step has said is still known.',
    3,
    'orchestration',
    3,
    {
      crosswalk: {
        trail: ['context_handling_failures'],
        mast: ['loss_of_conversation_history', 'conversation_reset'],
      },
    },
  ],
  [
    'unfinished_task',
    'Stopped before the end',
    'The requested task is carried out before the run ends, or the run says why not.',
    4,
    'prompt',
    1,
    {
      crosswalk: { trail: ['goal_deviation'], mast: ['task_derailment', 'premature_termination'] },
    },
  ],
  [
    'infrastructure_error',
    'Platform error',
    'Services answer, within their limits, with valid credentials.',
    3,
    'platform',
    3,
    {
      crosswalk: {
        trail: [
          'rate_limiting',
          'authentication_errors',
          'service_errors',
          'resource_not_found',
          'resource_exhaustion',
          'timeout_issues',
        ],
      },
    },
  ],
];
