//! Wrong content.
