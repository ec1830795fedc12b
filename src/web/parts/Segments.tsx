import type { ReactNode } from 'react';

/** A choice of a few values, all in sight. */
export function Segments<Value>(props: {
  readonly label: string;
  readonly options: readonly { readonly value: Value; readonly text: string }[];
  readonly chosen: Value;
  readonly onChoose: (value: Value) => void;
}): ReactNode {
  const { label, options, chosen, onChoose } = props;
  return (
    <fieldset className="segments" aria-label={label}>
      {options.map(({ value, text }) => (
        <button
          key={text}
          type="button"
          aria-pressed={value === chosen}
          onClick={() => onChoose(value)}
        >
          {text}
        </button>
      ))}
    </fieldset>
  );
}
