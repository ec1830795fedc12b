import { Navigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';

const KEPT = 'culprit-project';

/** The project that was looked at last. */
export const keepProject = (id: string): void => localStorage.setItem(KEPT, id);

/** Goes to the project that was looked at last. */
export function Start(): ReactNode {
  const project = localStorage.getItem(KEPT) ?? 'default';
  return <Navigate to={`/p/${encodeURIComponent(project)}` as string} replace />;
}
