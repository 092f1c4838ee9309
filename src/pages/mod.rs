//! One file per route, and what the routes share.

pub mod about;
pub mod bank;
pub mod chapter;
pub mod frame;
pub mod glossary;
pub mod head;
pub mod home;
pub mod kept_notice;
pub mod library;
pub mod marks;
pub mod markup;
pub mod not_found;
pub mod print;
pub mod question;
pub mod questions;
pub mod search;
pub mod sheet;
pub mod tasks;
pub mod term_card;
pub mod text;
pub mod whereabouts;
pub mod your_data;
