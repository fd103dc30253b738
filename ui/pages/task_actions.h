// Task actions: completing tasks, putting them on another day, and how a due day is said; each one edit and one undo, what
// recurs by its own rules. Called by: the task feed, the next task, reminders, home.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "ui/context.h"

namespace outpost {

// The first status of tasks that closes them.
std::string closed_task_status(Context& context);
// Submits and says so, with an undo; `done` after success.
void submit_said(Context& context, Command command, std::string toast, std::function<void()> done = {});
// Rows ascending. `done` after success.
void complete_tasks(Context& context, std::vector<RowIndex> rows, std::function<void()> done = {});
void move_tasks(Context& context, std::vector<RowIndex> rows, std::optional<Days> day, std::function<void()> done = {});
// Entries of an open menu: later today, tomorrow, next week, a day to be picked, no day.
void draw_snooze_items(Context& context, const std::vector<RowIndex>& rows, std::function<void()> done = {});

// "Today", "Fri, Nov 27", "No date".
std::string day_words(Context& context, std::optional<Days> day);
struct DueWords {
    std::string text;
    bool late = false;
    std::string below = {};                         // where a heading says the day: the time alone, if any
};
// "3 days late", "10:00", "Fri", "Dec 3"; "" without a date.
DueWords due_words(Context& context, RowIndex task);
// Who and what a task or event is about: "Ann Smith · Acme".
std::string about_words(Context& context, RecordRef record);

// List, board or feed of tasks, side by side; `shown`: 0 feed, 1 list, 2 board.
void draw_task_views(Context& context, int shown, const std::string& board = routes::board("Task"));
namespace routes {
std::string task_feed();                            // #/o/Task/feed
std::string tasks(Context& context);                // the feed, or the list for who looked at that last
}  // namespace routes

}  // namespace outpost
