//! Trials and studies: the rules that hold for all of them, and the paper's figures.
