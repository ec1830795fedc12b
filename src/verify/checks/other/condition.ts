import * as z from 'zod';
import { conditionSchema } from '../../../contract/condition.ts';
import { askCondition } from '../../../detect/ask.ts';
import { conditionStatement } from '../../../text/condition-statement.ts';
import { statementText } from '../../../text/statement.ts';
import { defineCheck } from '../define.ts';
import { cannotTell, fail, pass } from '../outcome.ts';

export const condition = defineCheck({
  id: 'condition',
  passes: 'The run does not meet the condition of a cause.',
  params: z.strictObject({ condition: conditionSchema }),
  measure: null,
  source:
    'the condition that an analysis found, on facts of the trace; needs the facts of the analyzed input',
  example: {
    condition: {
      atoms: [
        {
          fact: {
            key: 'user_turns',
            kind: 'user_turns',
            role: 'size',
            weight: 1,
            grouped: false,
            statement: { template: 'the user speaks {bound} times', slots: [] },
          },
          least: 4,
          most: null,
        },
      ],
    },
  },
  ask: ({ run, file }, { condition: asked }) => {
    if (file === null) return cannotTell('the facts of the analyzed input are missing');
    const { isMet, evidence } = askCondition(asked, run, file);
    const text = statementText(conditionStatement(asked));
    return isMet ? fail(text, evidence) : pass(`not so: ${text}`);
  },
});
