/** Owns disks of their own for a test: small, or turned read-only under a running program as a failing disk is. */
import { spawnSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface Disk extends AsyncDisposable {
  readonly path: string;
}

export interface FailingDisk extends Disk {
  /** As ext4 does by itself after an error: whatever is open can no longer be written either. */
  turnReadOnly(): void;
  /** Looked over and mounted again, as after a restart of the machine. Nothing may be open on it. */
  repair(): void;
}

/** Why no disks can be made here, or null. */
export const noDisks = findNoDisks();
export const noFailingDisks = noDisks ?? findNoLoop();

/** In memory; everything beyond `bytes` is refused with "no space left on device". */
export async function mountSmallDisk(bytes: number): Promise<Disk> {
  return mount(async (path) => must('mount', '-t', 'tmpfs', '-o', `size=${bytes}`, 'tmpfs', path));
}

export async function mountFailingDisk(): Promise<FailingDisk> {
  const disk = await mount(async (path, image) => {
    must('truncate', '-s', '64M', image);
    must('mkfs.ext4', '-q', image);
    must('mount', '-o', 'loop', image, path);
  });
  const image = `${disk.path}.img`;
  return Object.assign(disk, {
    turnReadOnly: () => must('mount', '-o', 'remount,abort', disk.path),
    repair() {
      must('umount', disk.path);
      // 1: it had errors, and has none now.
      must('sh', '-c', `fsck.ext4 -p ${image} || [ $? -eq 1 ]`);
      must('mount', '-o', 'loop', image, disk.path);
    },
  });
}

async function mount(make: (path: string, image: string) => Promise<void>): Promise<Disk> {
  const path = await mkdtemp(join(tmpdir(), 'natter-disk-'));
  const image = `${path}.img`;
  const remove = async () => {
    await rm(path, { recursive: true, force: true });
    await rm(image, { force: true });
  };
  try {
    await make(path, image);
  } catch (error) {
    await remove();
    throw error;
  }
  return {
    path,
    async [Symbol.asyncDispose]() {
      must('umount', '--lazy', path);
      await remove();
    },
  };
}

function must(command: string, ...args: string[]): void {
  const { status, stderr, error } = spawnSync(command, args, { encoding: 'utf8' });
  if (status !== 0)
    throw new Error(`${command} ${args.join(' ')} failed: ${error?.message ?? stderr}`);
}

function findNoDisks(): string | null {
  const probe = spawnSync(
    'unshare',
    ['--mount', 'sh', '-c', 'mount -t tmpfs -o size=64k tmpfs /mnt'],
    { encoding: 'utf8' },
  );
  return probe.status === 0 ? null : 'this process may not mount disks';
}

function findNoLoop(): string | null {
  // Done once for real: a container may have the device and not the right to use it.
  const script = `folder=$(mktemp -d) && truncate -s 8M $folder.img && mkfs.ext4 -q $folder.img &&
    unshare --mount mount -o loop $folder.img $folder
    code=$?; rm -rf $folder $folder.img; exit $code`;
  return spawnSync('sh', ['-c', script]).status === 0
    ? null
    : 'there is no mkfs.ext4, or a file may not be mounted as a disk';
}
