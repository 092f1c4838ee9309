//! Whatever stands in the files, the build ends and gives problems.
