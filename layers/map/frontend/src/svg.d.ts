declare module "*.svg" {
  /** The `d` of the picture's path. */
  const d: string;
  export default d;
}
