import { Menu } from '@base-ui/react/menu';
import type { ReactNode } from 'react';

/** A button that shows a value and opens a menu of others. */
export function Choice<Value extends string | number>(props: {
  /** What is chosen, for screen readers: `Severity`. */
  readonly label: string;
  /** What the button shows after its label. */
  readonly children?: ReactNode;
  readonly options: readonly { readonly value: Value; readonly text: string }[];
  readonly chosen: Value | null;
  readonly onChoose: (value: Value) => void;
  /** At the end of the menu: takes the value back. */
  readonly onClear?: (() => void) | undefined;
}): ReactNode {
  const { label, children, options, chosen, onChoose, onClear } = props;
  return (
    <Menu.Root>
      <Menu.Trigger className="choice">
        <span className="choice-label">{label}</span> {children}
        <span className="chevron" aria-hidden="true" />
      </Menu.Trigger>
      <Menu.Portal>
        <Menu.Positioner className="menu-place" sideOffset={4} align="start">
          <Menu.Popup className="menu">
            <Menu.RadioGroup value={chosen} onValueChange={(value: Value) => onChoose(value)}>
              {options.map(({ value, text }) => (
                <Menu.RadioItem key={value} value={value} closeOnClick className="menu-item">
                  {text}
                </Menu.RadioItem>
              ))}
            </Menu.RadioGroup>
            {onClear !== undefined && (
              <>
                <Menu.Separator className="menu-line" />
                <Menu.Item className="menu-item" onClick={onClear}>
                  As proposed
                </Menu.Item>
              </>
            )}
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
}
