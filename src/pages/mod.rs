//! One file per route, and what the routes share.

pub mod about;
pub mod bank;
pub mod blocks;
pub mod chapter;
pub mod frame;
pub mod glossary;
pub mod head;
pub mod home;
pub mod library;
pub mod markup;
pub mod not_found;
pub mod print;
pub mod question;
pub mod questions;
pub mod sheet;
pub mod term_card;
