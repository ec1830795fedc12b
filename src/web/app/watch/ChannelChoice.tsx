import type { ReactNode } from 'react';

/** Which of the operator's channels are told. */
export function ChannelChoice(props: {
  readonly legend: string;
  readonly channels: readonly string[];
  readonly chosen: readonly string[];
  readonly onChange: (chosen: readonly string[]) => void;
}): ReactNode {
  const { legend, channels, chosen, onChange } = props;
  if (channels.length === 0) return null;
  return (
    <fieldset className="watch-channels">
      <legend>{legend}</legend>
      {channels.map((name) => (
        <label key={name}>
          <input
            type="checkbox"
            checked={chosen.includes(name)}
            onChange={(event) => {
              const others = chosen.filter((each) => each !== name);
              onChange(event.target.checked ? [...others, name] : others);
            }}
          />{' '}
          {name}
        </label>
      ))}
    </fieldset>
  );
}
