import type { Readable } from 'node:stream'

export interface FileStat {
  readonly kind: 'file' | 'folder' | 'link' | 'socket' | 'device' | 'fifo'
  readonly mode: number
  readonly uid: number
  readonly gid: number
  readonly size: number
  readonly mtimeMs: number
  readonly ctimeMs: number
  readonly inode: number
  /** Number of the device that holds it. */
  readonly dev: number
  /** Numbers of a device node. */
  readonly device?: { readonly type: 'b' | 'c'; readonly major: number; readonly minor: number }
}

/** A mounted file system (statfs(2)). */
export interface FileSystem {
  /** Magic number of its type. */
  readonly type: number
  /** Bytes that this process can still write. */
  readonly freeBytes: number
}

export interface WatchOptions {
  /** `renamed`: a name was made, moved or removed. Else the content or the attributes changed. */
  readonly onChange: (name: string, renamed: boolean) => void
  readonly onError: () => void
  /** Keeps the file open. A file below /proc/sys that no process has open may get another inode, and the watched inode then reports nothing. */
  readonly keepOpen?: boolean
}

/** Read access to files. An absent file is a result, not an error. */
export interface FileReader {
  /** Content, or undefined if there is no such file. */
  readFile(path: string): Promise<string | undefined>
  readBytes(path: string): Promise<Buffer | undefined>
  /** The first bytes of a file; fewer if it is shorter. Raises if there is none. */
  readStart(path: string, length: number): Promise<Buffer>
  /** The last bytes of a file; fewer if it is shorter. undefined if there is no such file. */
  readEnd(path: string, length: number): Promise<Buffer | undefined>
  /** The bytes of a regular file that a user named, at most `most`. Never blocks, even on a pipe or a device. Raises `FileFault`. */
  readPlainFile(path: string, most: number): Promise<Buffer>
  /** SHA-256 of a file of any size, in hex. Raises if there is none. */
  sha256(path: string): Promise<string>
  /** Names in a folder, sorted; empty if there is none. */
  readDir(path: string): Promise<readonly string[]>
  /** Names of the folders in a folder, sorted; empty if there is none. Links to folders do not count. */
  readSubfolders(path: string): Promise<readonly string[]>
  /** undefined if absent or if a part of the path cannot be read. */
  realPath(path: string): Promise<string | undefined>
  readLink(path: string): Promise<string | undefined>
  /** undefined if absent. Does not follow links. */
  stat(path: string): Promise<FileStat | undefined>
  /** The same, but follows links; undefined for a broken link. */
  statTarget(path: string): Promise<FileStat | undefined>
  /** The file system that holds a path; undefined if the path is absent. */
  fileSystem(path: string): Promise<FileSystem | undefined>
  /** Host path of a container's path, with links followed inside `root`. Missing parts are used as they are. Raises on a circle of links. */
  resolveInRoot(root: string, path: string): Promise<string>
  /** Text of a plain file of at most 1 MiB in a container's root; undefined if absent. */
  readInRoot(root: string, path: string): Promise<string | undefined>
  /** The file or folder at a path below `root`, links followed inside `root`; undefined if absent. */
  statInRoot(root: string, path: string): Promise<FileStat | undefined>
  /**
   * A tar archive of a file or folder below `root`. No link leads out of `root`, also if another process exchanges folders meanwhile.
   * Raises the errors of the kernel; later ones are errors of the stream.
   */
  packTree(root: string, path: string, options: PackOptions): Promise<Readable>
  /** True while a process holds the lock (flock(2)) of this file. */
  isLocked(path: string): Promise<boolean>
  /** Reports changes of a folder or file (inotify(7)) until it is closed. Raises the errors of the kernel. */
  watchPath(path: string, options: WatchOptions): { close(): void }
}

export interface PackOptions {
  /** Name of the first entry of the archive; `.`: the contents of the folder alone. */
  readonly name: string
  /** Follows the path if it is a link. Links below it are archived as links. */
  readonly followsLink?: boolean
  /** Called for sockets, pipes and devices, which are left out. */
  readonly onLeftOut?: (name: string, kind: FileStat['kind']) => void
}

export interface UnpackOptions {
  /** The owner of everything; set-user-ID bits are dropped then. undefined: the owners in the archive. */
  readonly owner: { readonly uid: number; readonly gid: number } | undefined
}

/** A file without a name. The kernel deletes it when its last descriptor is closed. */
export interface UnnamedFile {
  readonly descriptor: number
  /** The present content. Does not move the offset that writers share. */
  read(): string
  close(): void
}

/** An open file that can be locked (flock(2)). The kernel frees the lock when the last process that has the file open ends. */
export interface LockFile {
  /** A child that inherits it holds the lock too. */
  readonly descriptor: number
  /** Waits at most `seconds`, default 0. Returns false if another process still holds the lock. */
  lock(kind: 'exclusive' | 'shared', seconds?: number): Promise<boolean>
  /** False if the path no longer leads to this file. */
  isCurrent(): Promise<boolean>
  /** Replaces the content. */
  write(text: string): Promise<void>
  /** Closes the file, which releases the lock unless a child has it too. */
  close(): Promise<void>
}

export interface WriteFileOptions {
  /** Default 0600. */
  readonly mode?: number
  readonly uid?: number
  readonly gid?: number
}

/** Changes of files. */
export interface FileWriter {
  /**
   * Unpacks a tar archive into an existing folder below `root`. Files are replaced, folders are merged. No path and no link leads out of
   * `root`, also if another process exchanges folders meanwhile. Raises the errors of the kernel, and for entries that are neither files
   * nor folders nor links.
   */
  unpackTree(root: string, folder: string, archive: Readable, options: UnpackOptions): Promise<void>
  /** Writes under a temporary name and renames, so that readers see the old or the new content. Makes the folder (0700) if needed. */
  writeFile(path: string, content: string | Buffer, options?: WriteFileOptions): Promise<void>
  /** Writes the content in place, then truncates: a file that is mounted into a container keeps its inode. Mode default 0644. */
  writeInPlace(path: string, content: string | Buffer, mode?: number): Promise<void>
  /** Writes a value to an existing file of the kernel (below /proc/sys, /sys/fs/cgroup ...). */
  writeKernel(path: string, value: string): Promise<void>
  /** Writes to a named pipe. Never waits: raises ENXIO where no process has it open for reading. */
  writeFifo(path: string, text: string): Promise<void>
  /** Makes a folder and its parents, mode default 0700. Accepts an existing folder. */
  makeDir(path: string, mode?: number): Promise<void>
  symlink(target: string, path: string): Promise<void>
  copyFile(from: string, to: string): Promise<void>
  rename(from: string, to: string): Promise<void>
  setMode(path: string, mode: number): Promise<void>
  setOwner(path: string, mode: number, uid: number, gid: number): Promise<void>
  /** Removes a file or link, if it exists. */
  removeFile(path: string): Promise<void>
  /** Removes an empty folder, if it exists. Returns false while it is in use or not empty. */
  removeEmptyDir(path: string): Promise<boolean>
  /** Removes a file or tree, if it exists. Raises `still-mounted` if something is mounted in the tree. */
  removeTree(path: string): Promise<void>
  /** Removes many, and continues after an error. Returns the error of each path that could not be removed. Cheaper than one by one. */
  removeTrees(paths: readonly string[]): Promise<ReadonlyMap<string, unknown>>
  /** Makes a file without a name with this text. It is in memory if `folder` has no space. */
  unnamedFile(folder: string, text: string): Promise<UnnamedFile>
  /** Opens a file to lock it, and makes it (0600) if needed. A folder in its place is renamed; with `strict`, a folder or a link there is an error. */
  openLockFile(path: string, options?: { readonly strict?: boolean }): Promise<LockFile>
}
