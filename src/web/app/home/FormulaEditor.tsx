import { type ReactNode, useId } from 'react';
import type { Formula, FormulaMeasure } from '../../../contract/decision.ts';
import { DEFAULT_FORMULA, formulaText } from '../../../decide/decide.ts';
import { Button } from '../../parts/Button.tsx';
import { Guard } from '../access/Guard.tsx';
import { useAsking } from '../client/asking.ts';
import { DECIDE, useDecide } from '../decide/use-decide.ts';

const MEASURES: Readonly<Record<FormulaMeasure, string>> = {
  failures: 'failures per 1,000 traces',
  users: 'users reached',
  cost: 'US dollars lost',
  tokens: 'tokens lost',
  latency: 'minutes lost',
};

const COSTS: Readonly<Record<Formula['fixCost'], string>> = {
  set: 'where a person has set it',
  always: 'everywhere, as usual for its category',
  never: 'nowhere',
};

/** The formula of the priority as a sentence that opens to be changed; a change holds for the whole project. */
export function FormulaEditor(props: { readonly formula: Formula }): ReactNode {
  const { formula } = props;
  const { project } = useAsking();
  const { decide } = useDecide();
  const id = useId();
  const set = (value: Formula | null): void =>
    decide('formula', [{ kind: 'project', subject: project, field: 'formula', value }]);
  const text = formulaText(formula);
  return (
    <>
      {`${text.slice(0, 1).toUpperCase()}${text.slice(1)}`}{' '}
      <button type="button" className="link" popoverTarget={id}>
        Edit<span className="hidden"> the formula</span>
      </button>
      <div id={id} popover="auto" className="filters formula">
        <Guard route={DECIDE} says>
          <Choice
            label="Count"
            options={MEASURES}
            chosen={formula.measure}
            onChoose={(measure) => set({ ...formula, measure })}
          />
          <Choice
            label="× severity"
            options={{ yes: 'yes', no: 'no' }}
            chosen={formula.severity ? 'yes' : 'no'}
            onChoose={(chosen) => set({ ...formula, severity: chosen === 'yes' })}
          />
          <Choice
            label="÷ fix cost"
            options={COSTS}
            chosen={formula.fixCost}
            onChoose={(fixCost) => set({ ...formula, fixCost })}
          />
          <Button onPress={() => set(null)} title={formulaText(DEFAULT_FORMULA)}>
            As it was made
          </Button>
        </Guard>
      </div>
    </>
  );
}

function Choice<Value extends string>(props: {
  readonly label: string;
  readonly options: Readonly<Record<Value, string>>;
  readonly chosen: Value;
  readonly onChoose: (value: Value) => void;
}): ReactNode {
  const { label, options, chosen, onChoose } = props;
  const id = useId();
  return (
    <>
      <label htmlFor={id}>{label}</label>
      <select id={id} value={chosen} onChange={(event) => onChoose(event.target.value as Value)}>
        {Object.entries<string>(options).map(([value, text]) => (
          <option key={value} value={value}>
            {text}
          </option>
        ))}
      </select>
    </>
  );
}
