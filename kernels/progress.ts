/** What happens while kernels are fetched, for whoever shows it. */
export type Progress =
  | { readonly kind: "note"; readonly text: string }
  /** Bytes of a package so far, and in all. */
  | { readonly kind: "download"; readonly package: string; readonly done: number; readonly total: number };

export type OnProgress = (progress: Progress) => void;

export interface FetchOptions {
  /** The locked version or an error; never a newer point release instead. */
  readonly locked?: boolean;
  readonly progress?: OnProgress;
}
