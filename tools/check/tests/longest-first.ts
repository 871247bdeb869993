import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** What takes minutes; nothing knows it in a fresh clone, where vitest goes by the size of files. */
const LONG = ['e2e/scenes/', 'e2e/seeds/', 'tools/chaos/', 'embedded-postgres.integration'];

/** For vitest: what takes longest begins first, so that no worker is left alone with it in the end. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const isLong = ({ moduleId }: TestSpecification) => LONG.some((part) => moduleId.includes(part));
    const sorted = await super.sort(files);
    return [...sorted.filter(isLong), ...sorted.filter((file) => !isLong(file))];
  }
}
