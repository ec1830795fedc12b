export default function planted(): void {
  console.log('planted');
}
