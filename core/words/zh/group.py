"""Groups in Chinese."""

SENTENCES = {
    "topic": "本话题",
    "whole": "本群",
    "linked_new": "<b>{place}已绑定</b>，将在此发布督办通报。",
    "linked_moved": "<b>已改到{place}</b>，今后在此发布督办通报。",
    "linked_same": "{place}已经绑定，无需重复。",
    "what_comes": "每周五 {weekly}（遇休提前）及每个报送期截止后的次个工作日 {period} 自动发布；没有新情况不发。",
    "next": "下一次：{at}",
    "private": "报送、查询请私聊我。解除绑定：/unlink",
    "unlinked": "已解除绑定，不再在本群发布通报。",
    "offer": "<b>通报发到哪些群？</b>上一份通知收尾时，{n} 个群解除了绑定：{names}。新通知的通报要继续发到这些群吗？",
    "again": "照旧绑定（{n} 个群）",
    "leave": "先不绑定",
    "linked_again": "已绑定：{names}。群里会收到一条说明；哪个群不要，在群里发 /unlink。",
    "not_again": "好的，没有绑定。需要时在群里发 /link，或发 /summary 再选。",
    "none_to_link": "这些群已经绑定，或机器人已不在群里。发 /summary 可看绑定了哪些群。",
    "not_linked": "本群没有绑定。",
}
