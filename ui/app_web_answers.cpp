// New answers of a web form, asked for every quarter of an hour where that is switched on: a notice says that there are some.
#include <algorithm>
#include <utility>

#include "ui/app_frame.h"
#include "ui/web_answers.h"

namespace outpost {

namespace {

constexpr Milliseconds asked_every = 15 * 60'000;

void tell(AppFrame& frame, std::string text) {
    Context& context = frame.context;
    auto answers = read_web_leads(std::move(text), context.records(), context.clock(), context.decoder());
    if (!answers) return;   // the page for it says so when they are asked for there
    leave_out_seen(context.browser(), *answers);
    const auto fresh = static_cast<std::size_t>(std::ranges::count_if(answers->leads, [](const WebLead& lead) { return !lead.is_duplicate(); }));
    if (fresh == 0 || fresh == frame.answers_told) return;
    frame.answers_told = fresh;
    Toast toast{.text = context.count_text("ui.web.arrived", fresh), .tone = Tone::Info};
    toast.action_label = context.tr("ui.web.look");
    toast.action = [&context] { context.navigate("#/web-to-lead?fetch=1"); };
    context.toast(std::move(toast));
}

}  // namespace

void follow_web_answers(AppFrame& frame) {
    Context& context = frame.context;
    if (context.route().segment(0) == "web-to-lead") return;   // there they are asked for by hand
    if (frame.phase != AppPhase::Open || frame.answers_asking || !watches_answers(context.browser()) || !context.browser().is_online()) return;
    const std::string address = answers_address(context.browser());
    if (!address_problem(context, address).empty()) return;
    const Milliseconds now = context.clock().now(), waited = now - frame.answers_asked;
    if (frame.answers_asked != 0 && waited >= 0 && waited < asked_every) {
        context.request_frame_after(static_cast<int>(asked_every - waited));
        return;
    }
    frame.answers_asked = now;
    frame.answers_asking = true;
    fetch_answers(context, address, [&frame](std::string text, std::string problem) {
        frame.answers_asking = false;
        if (problem.empty()) tell(frame, std::move(text));
    });
}

}  // namespace outpost
