#include "ui/web_answers.h"

#include <algorithm>
#include <charconv>
#include <utility>

#include "core/base/hash.h"
#include "core/base/text.h"
#include "core/transfer/encoding.h"

namespace outpost {

namespace {

constexpr std::string_view address_key = "web.address", watch_key = "web.watch", seen_key = "web.seen";
constexpr std::size_t seen_max = 20'000, hash_digits = 8;

std::string hash_word(std::string_view row) {
    char digits[17] = {};
    const auto end = std::to_chars(digits, digits + 16, hash_text(trim(row)) | (std::uint64_t{1} << 63), 16).ptr;
    return {end - hash_digits, end};
}

// "https://host:1" of an address.
std::string origin_of(std::string_view address) {
    const std::size_t begin = address.find("//");
    const std::size_t end = begin == std::string_view::npos ? begin : address.find_first_of("/?#", begin + 2);
    return std::string(address.substr(0, end));
}

}  // namespace

std::string answers_address(Browser& browser) { return browser.setting(address_key); }
void set_answers_address(Browser& browser, std::string_view address) { browser.set_setting(address_key, trim(address)); }
bool watches_answers(Browser& browser) { return browser.setting(watch_key) == "on"; }
void set_watches_answers(Browser& browser, bool on) { browser.set_setting(watch_key, on ? "on" : ""); }

std::string address_problem(Context& context, std::string_view address) {
    const std::string_view word = trim(address);
    const bool here = word.starts_with("http://127.0.0.1") || word.starts_with("http://localhost");
    const bool whole = (word.starts_with("https://") && word.size() > 8) || here;
    const bool clean = std::ranges::none_of(word, [](char c) { return static_cast<unsigned char>(c) <= ' '; });
    return whole && clean ? std::string() : std::string(context.tr("ui.web.not_an_address"));
}

void fetch_answers(Context& context, const std::string& address, std::function<void(std::string text, std::string problem)> done) {
    context.browser().fetch_text(address, [&context, address, done = std::move(done)](FetchedText fetched) {
        const std::string origin = origin_of(address);
        std::string text, problem;
        switch (fetched.outcome) {
            case FetchOutcome::Answered:
                if (fetched.status >= 200 && fetched.status < 300) {
                    if (auto whole = read_whole(*fetched.bytes)) text = *std::move(whole);
                } else {
                    problem = context.tr("ui.web.fetch_status", {origin, std::to_string(fetched.status)});
                }
                break;
            case FetchOutcome::TooLarge: problem = context.tr("ui.web.fetch_large", {origin}); break;
            case FetchOutcome::Refused: problem = context.tr("ui.web.fetch_refused", {origin}); break;
            case FetchOutcome::Failed: problem = context.browser().is_online() ? context.tr("ui.web.fetch_failed", {origin}) : std::string(context.tr("ui.web.fetch_offline")); break;
        }
        done(std::move(text), std::move(problem));
        context.request_frame();
    });
}

std::vector<bool> seen_answers(Browser& browser, const WebLeadAnswers& answers) {
    const std::string kept = browser.setting(seen_key);
    const auto is_kept = [&](std::string_view word) {
        for (std::size_t at = kept.find(word); at != std::string::npos; at = kept.find(word, at + 1))
            if (at % hash_digits == 0) return true;
        return false;
    };
    std::vector<bool> out;
    for (const std::string& row : answers.rows) out.push_back(is_kept(hash_word(row)));
    return out;
}

void remember_answers(Browser& browser, const WebLeadAnswers& answers) {
    const std::vector<bool> seen = seen_answers(browser, answers);
    std::string kept = browser.setting(seen_key);
    for (std::size_t i = 0; i < answers.rows.size(); ++i)
        if (!seen[i]) kept += hash_word(answers.rows[i]);
    if (kept.size() > seen_max * hash_digits) kept.erase(0, kept.size() - seen_max * hash_digits);   // the oldest ones
    browser.set_setting(seen_key, kept);
}

std::size_t leave_out_seen(Browser& browser, WebLeadAnswers& answers) {
    const std::vector<bool> seen = seen_answers(browser, answers);
    std::size_t kept = 0;
    for (std::size_t i = 0; i < seen.size(); ++i) {
        if (seen[i]) continue;
        if (kept != i) {
            answers.rows[kept] = std::move(answers.rows[i]);
            answers.leads[kept] = std::move(answers.leads[i]);
        }
        ++kept;
    }
    answers.rows.resize(kept);
    answers.leads.resize(kept);
    return seen.size() - kept;
}

}  // namespace outpost
