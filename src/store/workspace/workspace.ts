// biome-ignore lint/performance/noBarrelFile: other modules enter here
export { openWorkspace, type WorkspaceHome } from './open-workspace.ts';
export * from './workspace-types.ts';
