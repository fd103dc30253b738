// Web answers: a web form's answers asked of the address that keeps them, when somebody presses for it and, where that is
// switched on, from time to time while the page is open and online. Which of them were looked at is remembered by device.
// Invariant: nothing is asked of any other address, and nothing at all before a person named one.
// Called by: web_lead_page, app_web_answers.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "core/workspace/web_leads.h"
#include "ui/context.h"

namespace outpost {

// Preferences of this device.
std::string answers_address(Browser& browser);
void set_answers_address(Browser& browser, std::string_view address);
bool watches_answers(Browser& browser);
void set_watches_answers(Browser& browser, bool on);

// "" when the address may be asked (https, or this machine); else what is wrong with it, in words.
std::string address_problem(Context& context, std::string_view address);
// Calls back once: the text, or in words what went wrong.
void fetch_answers(Context& context, const std::string& address, std::function<void(std::string text, std::string problem)> done);

// By answer: whether it was looked at here before.
std::vector<bool> seen_answers(Browser& browser, const WebLeadAnswers& answers);
void remember_answers(Browser& browser, const WebLeadAnswers& answers);
// Leaves out those seen before; how many they were.
std::size_t leave_out_seen(Browser& browser, WebLeadAnswers& answers);

}  // namespace outpost
