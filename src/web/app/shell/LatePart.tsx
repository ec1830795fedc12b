import { Component, type ReactNode, Suspense } from 'react';

interface LatePartProps {
  readonly children: ReactNode;
  /** Stands there until the part is loaded, and where it cannot be. */
  readonly before?: ReactNode;
}

/** A part of a page that is loaded after it. Where it cannot be loaded, the rest of the page stays and works. */
export class LatePart extends Component<LatePartProps, { readonly isLost: boolean }> {
  override readonly state = { isLost: false };

  static getDerivedStateFromError(): { readonly isLost: boolean } {
    return { isLost: true };
  }

  override render(): ReactNode {
    const { children, before } = this.props;
    if (!this.state.isLost) return <Suspense fallback={before}>{children}</Suspense>;
    return (
      before ?? (
        <p className="dim" role="status">
          A part of this page could not be loaded. Reload the page once the server answers.
        </p>
      )
    );
  }
}
