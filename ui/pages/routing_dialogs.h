// The dialogs of lead routing: an entry with its criteria and whom it gives leads to; a queue or a group with its members.
// Each saves as one edit. Called by: routing_page.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "ui/context.h"

namespace outpost {

// "entry:new", "entry:ID", "group:new", "group:ID"; null when there is none or what it speaks of is gone.
std::unique_ptr<Dialog> make_routing_dialog(Context& context, std::string_view address);
// Whom an entry gives leads to, or whose they are, in words: "Ann", "Queue Inbound".
std::string assignee_words(Context& context, RecordRef assignee);
// A command of a batch on one record, ready for "fields".
Json record_command(std::string_view command, std::string_view object, const std::string& id);

}  // namespace outpost
