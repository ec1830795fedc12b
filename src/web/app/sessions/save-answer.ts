import { notify } from '../../hooks/notice.ts';
import { keptKey, reasonOf } from '../client/asking.ts';

/** Saves an answer of the API as a file. A plain link could not name the project. */
export async function saveAnswer(path: string, project: string, name: string): Promise<void> {
  const key = keptKey();
  try {
    const answer = await fetch(path, {
      headers: {
        'x-culprit-project': project,
        ...(key !== null && { authorization: `Bearer ${key}` }),
      },
    });
    if (!answer.ok) throw new TypeError(answer.statusText);
    const url = URL.createObjectURL(await answer.blob());
    const link = document.createElement('a');
    link.href = url;
    link.download = name.replaceAll(/[\\/:*?"<>|]+/g, '-');
    link.click();
    setTimeout(() => URL.revokeObjectURL(url), 10_000);
    notify(`Saved ${link.download}`);
  } catch (error) {
    notify(`Not saved: ${reasonOf(error)}`);
  }
}
