/** Bun reads YAML modules natively; the catalogue is data that people edit. */
declare module "*.yaml" {
  const value: unknown;
  export default value;
}
