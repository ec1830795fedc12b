import { Navigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';

const KEPT = 'culprit-project';

/** The project that was opened last. */
export const keepProject = (id: string): void => localStorage.setItem(KEPT, id);

/** Null before any project was opened. */
export const keptProject = (): string | null => localStorage.getItem(KEPT);

/** Goes to the project that was opened last. */
export function Start(): ReactNode {
  const project = keptProject() ?? 'default';
  return <Navigate to={`/p/${encodeURIComponent(project)}` as string} replace />;
}
