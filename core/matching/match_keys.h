// Normal forms of what tells whether two records are the same person or company: e-mails, phones, companies, sites.
// The one place that knows them; conversion's suggestions and the search for duplicates compare nothing else.
// Invariant: equal keys mean equal things to a person who looks at them; an empty key means nothing to compare.
// Called by: conversion, core/matching.
#pragma once

#include <string>
#include <string_view>

namespace outpost {

// "Ann@Acme.COM " and "mailto:ann@acme.com" give the same key; empty when there is no @.
std::string email_key(std::string_view email);
// What follows the @ of an e-mail; empty for the mail services where everyone has an address.
std::string mail_domain(std::string_view email);
// An address of an office and not of a person: "info@", "sales@".
bool is_shared_mailbox(std::string_view email_key);
// The host of a website, folded, without "www.".
std::string site_domain(std::string_view website);
// The last nine digits, which are the same with and without a country code or a leading zero; an extension is left
// out. Empty below seven digits: short numbers are extensions, and many offices have the same.
std::string phone_key(std::string_view phone);
// "Acme GmbH" and "ACME, Inc." give the same key: folded, without legal forms and punctuation.
std::string company_key(std::string_view name);

}  // namespace outpost
