import { Navigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';

const KEPT = 'culprit-project';

/** The project that was looked at last. */
export const keepProject = (id: string): void => localStorage.setItem(KEPT, id);

/** Null for who has looked at none. */
export const keptProject = (): string | null => localStorage.getItem(KEPT);

/** Goes to the project that was looked at last. */
export function Start(): ReactNode {
  const project = keptProject() ?? 'default';
  return <Navigate to={`/p/${encodeURIComponent(project)}` as string} replace />;
}
