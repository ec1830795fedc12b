import type { Watcher } from '../contract/watcher.ts';
import type {
  Delivery,
  StoredIncident,
  StoredSchedule,
  StoredWatcherState,
  WatchStore,
} from '../store/workspace/workspace.ts';

/** Watchers in memory. */
export function memoryWatchStore(): WatchStore {
  const watchers = new Map<string, Map<string, Watcher>>();
  const states = new Map<string, Map<string, StoredWatcherState>>();
  const incidents = new Map<string, Map<string, StoredIncident>>();
  const removed = new Set<string>();
  const deliveries = new Map<string, Delivery>();
  const schedules = new Map<string, Map<string, StoredSchedule>>();
  const of = <Value>(all: Map<string, Map<string, Value>>, project: string): Map<string, Value> => {
    const held = all.get(project) ?? new Map<string, Value>();
    all.set(project, held);
    return held;
  };
  const add = (
    project: string,
    delivery: Pick<Delivery, 'id' | 'channel' | 'alert'>,
    now: number,
  ): void => {
    if (deliveries.has(delivery.id)) return;
    const state = { state: 'waiting', attempts: 0, error: '' } as const;
    deliveries.set(delivery.id, { ...delivery, ...state, project, created: now, due: now });
  };
  return {
    async watchers(project) {
      return [...of(watchers, project).values()].sort((a, b) => (a.id < b.id ? -1 : 1));
    },
    async watcher(project, id) {
      return of(watchers, project).get(id) ?? null;
    },
    async putWatcher(project, id, settings, forget) {
      of(watchers, project).set(id, { ...settings, id });
      if (forget) of(states, project).delete(id);
    },
    async addWatchers(project, added) {
      const held = of(watchers, project);
      for (const watcher of added)
        if (!held.has(watcher.id) && !removed.has(`${project} ${watcher.id}`))
          held.set(watcher.id, watcher);
    },
    async removeWatcher(project, id) {
      of(states, project).delete(id);
      const found = of(incidents, project);
      for (const incident of found.values()) if (incident.watcher === id) found.delete(incident.id);
      removed.add(`${project} ${id}`);
      return of(watchers, project).delete(id);
    },
    async watcherStates(project) {
      return new Map(of(states, project));
    },
    async keepProgress(project, watcher, progress, now) {
      if (!of(watchers, project).has(watcher)) return false;
      const held = of(states, project);
      if ((held.get(watcher)?.until ?? null) !== progress.from) return false;
      held.set(watcher, { until: progress.until, state: progress.state });
      for (const incident of progress.incidents) of(incidents, project).set(incident.id, incident);
      for (const delivery of progress.deliveries) add(project, delivery, now);
      return true;
    },
    async incidents(project, limit) {
      return [...of(incidents, project).values()].sort((a, b) => b.start - a.start).slice(0, limit);
    },
    async addDelivery(project, delivery, now) {
      add(project, delivery, now);
    },
    async takeDue(now, lease, limit) {
      const due = [...deliveries.values()]
        .filter((each) => each.state === 'waiting' && each.due <= now)
        .slice(0, limit);
      for (const each of due) deliveries.set(each.id, { ...each, due: lease });
      return due;
    },
    async settle(id, outcome) {
      const held = deliveries.get(id);
      if (held !== undefined) deliveries.set(id, { ...held, ...outcome });
    },
    async deliveries(project, limit) {
      return [...deliveries.values()]
        .filter((each) => each.project === project)
        .sort((a, b) => b.created - a.created)
        .slice(0, limit);
    },
    async schedules(project) {
      return [...of(schedules, project).values()].sort((a, b) => (a.id < b.id ? -1 : 1));
    },
    async putSchedule(project, id, settings, now) {
      const held = of(schedules, project);
      held.set(id, { ...settings, id, until: held.get(id)?.until ?? now });
    },
    async removeSchedule(project, id) {
      return of(schedules, project).delete(id);
    },
    async moveSchedule(project, id, until) {
      const held = of(schedules, project).get(id);
      if (held !== undefined && held.until < until)
        of(schedules, project).set(id, { ...held, until });
    },
    async retry(project, id, now) {
      const held = deliveries.get(id);
      if (held?.project !== project || held.state !== 'dead') return false;
      deliveries.set(id, { ...held, state: 'waiting', attempts: 0, due: now });
      return true;
    },
  };
}
