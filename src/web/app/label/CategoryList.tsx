import type { ReactNode } from 'react';
import type { Category } from './label-queries.ts';

/** Top categories with their keys, and below the chosen one its parts. */
export function CategoryList(props: {
  readonly categories: readonly Category[];
  /** Labels by category; null hides them. */
  readonly labels: Readonly<Record<string, number>> | null;
  readonly chosen: string | null;
  readonly onChoose: (id: string) => void;
}): ReactNode {
  const { categories, labels, chosen, onChoose } = props;
  const path = pathTo(categories, chosen);
  const row = (category: Category, depth: number, key: string | null): ReactNode => {
    const children = categories.filter(({ parent }) => parent === category.id);
    const isOpen = path.includes(category.id);
    return (
      <li key={category.id}>
        <button
          type="button"
          className="category"
          data-depth={depth}
          aria-pressed={category.id === chosen}
          title={category.definition}
          onClick={() => onChoose(category.id)}
        >
          {key !== null && <kbd>{key}</kbd>}
          <span className="category-name">{category.name}</span>
          {labels !== null && <span className="dim">{labels[category.id] ?? 0}</span>}
        </button>
        {isOpen && children.length > 0 && (
          <ul>{children.map((child) => row(child, depth + 1, null))}</ul>
        )}
      </li>
    );
  };
  const tops = categories.filter(({ parent }) => parent === null);
  return (
    <ul className="categories">
      {tops.map((category, at) => row(category, 0, at < 9 ? String(at + 1) : null))}
    </ul>
  );
}

/** The category and all above it. */
function pathTo(categories: readonly Category[], id: string | null): readonly string[] {
  const byId = new Map(categories.map((category) => [category.id, category]));
  const path: string[] = [];
  for (let at = id; at !== null && !path.includes(at); at = byId.get(at)?.parent ?? null)
    path.push(at);
  return path;
}

/** What a number key chooses: the top category, and pressed again the next below it in turn. */
export function categoryAt(
  categories: readonly Category[],
  number: number,
  chosen: string | null,
): string | null {
  const top = categories.filter(({ parent }) => parent === null)[number - 1];
  if (top === undefined) return null;
  const inside = categories.filter(({ id }) => pathTo(categories, id).includes(top.id));
  const at = inside.findIndex(({ id }) => id === chosen);
  return inside[(at + 1) % inside.length]?.id ?? null;
}
